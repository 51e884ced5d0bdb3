"""Who hears about what."""
