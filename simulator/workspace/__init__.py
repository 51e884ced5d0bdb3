"""The workspace itself: people, rooms, messages and views, in memory and in a journal."""
