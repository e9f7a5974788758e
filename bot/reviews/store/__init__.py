"""The SQL of reviews, a room each."""
