"""
Suomi.fi e-Identification by its own protocol: identity as a SAML 2.0 service provider.

What XML signatures and ciphers are worth is python3-saml's and xmlsec's word. What they leave open is closed
here: a message must have one meaning before anybody asks which.
"""
