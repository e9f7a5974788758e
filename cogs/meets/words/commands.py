"""What Discord shows of the command while it is typed. At most 100 characters each."""

from __future__ import annotations

GROUP = "Meet people here, when both want to"
JOIN = "Coffee, mock interview, accountability partner, mentor: two are drawn each week"
FIND = "People who want to be found; ask for an introduction"
STATUS = "Whom I meet, the next draw; skip a week, pause, leave"
