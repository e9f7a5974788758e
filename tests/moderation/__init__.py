"""A server and those who look after it."""
