"""Streams of luck: one number for each purpose, so that no two purposes share a draw.

A number, once given, is never used for another purpose: past studies keep their luck.
"""

from __future__ import annotations

PRIOR = 1
RATIFICATION = 2
CONTESTED = 3
HONOUR = 4
FORM = 5
LATENCY = 6
CONSULTATION = 7
LADDER = 8
OBSERVATION = 9
LEAD_TIME = 10
LOST_AT_SEA = 11
DAY_OF_BATTLE = 12
LOSSES = 13
REST = 14
SUCCESSES = 15
FAILURES = 16
ADVANCE = 17
COUNTER = 18
NOTICE = 19
RECOVERY = 20
BELIEF = 21
SIGNAL = 22
SETTLEMENT = 23
COLLAPSE = 24
