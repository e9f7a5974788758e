"""What Discord shows of the members' commands while they type. At most 100 characters each."""

from __future__ import annotations

GROUP = "Your week: goals finished, what you learned, what comes next"
NOW = "Check in, or see my week: tick goals, edit, take it back, plan"
JOIN = "Choose a group, and who sees you"
HISTORY = "My weeks as picture and words, my results; as files"
PAUSE = "Skip this week, take up to eight off, or be ill; come back"
SETTINGS = "Reminder, pod, who sees it, pen name; leave a group"
