"""For whom somebody may act: the client of Suomi.fi's mandates, and the step in the login that asks them."""
