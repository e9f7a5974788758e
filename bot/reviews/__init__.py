"""Peer review: who reads whose document, and what becomes of it."""
