"""Everything on one machine: what is started, in which order, and what happens when something dies."""
