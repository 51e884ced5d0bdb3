"""`ekstranet migration`: from Katso to Suomi.fi, as an operator prepares it."""
