"""The operator's face of the system."""
