"""How well a service is, as its own rows tell."""

from shared.contracts.health import VERSION, Health
from shared.storage.transaction import Transaction


def health_of(service: str, rows: Transaction) -> Health:
    return Health(
        service=service,
        version=VERSION,
        revision=rows.revision(),
        waiting=rows.waiting(),
        heard=rows.heard_of_all(),
    )
