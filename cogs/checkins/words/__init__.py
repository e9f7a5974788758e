"""Every sentence that is said about check-ins, and nothing else says any: one module for each place it is said in.

A sentence is short, plain and kind, and says what to do next. It never counts against anybody: no word about who was
away, no streak that ended, no rank, no promise of a job (tests/cogs/test_checkins_words.py scans them all)."""
