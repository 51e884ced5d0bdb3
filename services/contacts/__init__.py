"""
Contact persons of organisations: whom to reach about what, and when somebody last said it is right.

No right comes from being one; rights are asked of roles. Announces that a contact person was added,
changed or removed, and never who it is.
"""
