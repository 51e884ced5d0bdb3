"""The contacts service's knobs."""

from shared.runtime.settings import ServiceSettings


class ContactsSettings(ServiceSettings):
    """Settings of the contacts service: those that every service has."""
