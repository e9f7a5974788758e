"""The SQL of meetings, a room each."""
