"""The guidance: what people ask about roles, and the sourced answers to it."""
