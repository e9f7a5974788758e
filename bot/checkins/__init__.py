"""Weekly check-ins: a group, its weeks, each member's own week, and what they say to each other."""
