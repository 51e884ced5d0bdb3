"""Owns the role catalogue, every grant and what was decided on it, and who may do what and why.

Announces each decision on a grant, and keeps a copy of what identity announces.
"""
