"""
A stand-in for Suomi.fi's mandates (e-Authorizations): its wire, its selection page, and its bad days.

It knows nothing of who calls it but what any client of the service knows. Nobody in it is real.
"""
