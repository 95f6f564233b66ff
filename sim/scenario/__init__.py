"""Scenarios: states, forces, fronts, treaties and a calendar, as data with sources."""
