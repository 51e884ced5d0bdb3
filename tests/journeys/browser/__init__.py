"""Whole journeys through the page, in a real browser and three languages."""
