"""Help from outside: communities, courses, guides. A list in resources.yaml, and what a server's moderators add."""
