"""The list of rules: functions that run as plain Python and are also compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: list[Callable[..., Any]] = []


def rule(f: F) -> F:
    """Add `f` to `RULES` and return it unchanged."""
    RULES.append(f)
    return f
