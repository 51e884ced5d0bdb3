"""
Identity: who people, organisations and chat accounts are, and the proof of who acts.

Owns people, organisations and their members, chat accounts and their links, and the login pages.
Announces OrganisationChanged, MemberAdded, PersonIdentified and LanguageSet. Personal identity codes
come no further than this package, which keeps only a keyed digest of them.
"""
