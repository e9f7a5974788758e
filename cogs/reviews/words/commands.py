"""What Discord shows of the members' commands while they type. At most 100 characters each."""

from __future__ import annotations

GROUP = "Have something read by two people here, and read for others"
REQUEST = "Have something read: resume, profile, letter, answer, pitch, portfolio"
GIVE = "Read for others: how many at a time, which kinds; take a pause"
STATUS = "All mine: accept, fill in, read my reviews, rate, withdraw"
