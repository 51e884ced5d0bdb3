"""
The demo town: five organisations, fifteen people, their chat workspace and their identity provider.

Nobody here is real: the personal codes are published test codes, the names are made up.
"""
