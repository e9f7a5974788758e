"""The only SQL of this subject: plain functions on a transaction that take and give values, a module a noun."""
