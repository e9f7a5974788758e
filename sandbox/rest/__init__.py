"""Discord's REST API v10, as far as this sandbox goes: one module a subject, each with its ROUTES."""
