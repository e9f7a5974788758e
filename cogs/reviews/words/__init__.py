"""Every sentence about reviews that a person reads (tests/cogs/test_reviews_words.py scans them all)."""
