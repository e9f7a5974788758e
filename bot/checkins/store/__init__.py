"""The only SQL of check-ins: plain functions, a module a table or two."""
