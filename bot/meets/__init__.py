"""Meetings of two: coffee, mock interviews, partners, mentors. Who meets whom, when, and what comes after."""
