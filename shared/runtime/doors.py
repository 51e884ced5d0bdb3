"""What every service's door understands besides opening."""

import gc
import sys
from collections.abc import Sequence


def housekeeping(arguments: Sequence[str], *, package: str, url: str) -> bool:
    """
    Do what *arguments* ask for, if they ask for housekeeping: ``migrate`` or ``republish``.

    Raises:
        SystemExit: they ask for something that is not there.
    """
    match arguments:
        case []:
            # Imports make many objects that stay: looking for garbage among them is an eighth of their time.
            gc.disable()
            return False
        case ["migrate"]:
            from shared.storage.migrations import upgrade

            upgrade(package, url)
        case ["republish"]:
            from shared.storage.migrations import republish

            sys.stdout.write(f"{republish(url)}\n")
        case _:
            raise SystemExit(f"python -m {package} [migrate | republish]")
    return True
