"""
Identity: who people, organisations and chat accounts are, and the proof of who acts.

Owns people, organisations and their members, chat accounts and their links, and the login pages.
Announces OrganisationChanged, MemberAdded, PersonIdentified, LanguageSet and MandateChanged. Personal
identity codes come no further than this package, which keeps only a keyed digest of them; and, while somebody
may still ask Suomi.fi for whom they act, one that only their own browser can open.
"""
