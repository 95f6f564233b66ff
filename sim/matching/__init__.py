"""History matching: which uncertain numbers the record rules out, and which it does not."""

from __future__ import annotations
