"""`python -m simulator`: started and ended by a person or a script."""
