"""The national register: how it is read, kept whole, and what it changes of our customers."""
