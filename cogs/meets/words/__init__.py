"""Every sentence that is said about meetings, and nothing else says any. Why two don't meet is never said."""
