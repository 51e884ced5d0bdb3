"""
A stand-in for Suomi.fi e-Identification: a SAML 2.0 identity provider with a page to pick a person from.

It signs with signxml and seals with cryptography: whoever asks it with xmlsec has a second opinion. It can be
told to do what a provider never does: that is what it is for.
"""
