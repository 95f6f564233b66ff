"""Stable numbers for names: luck follows the name, not the place in a list."""

from __future__ import annotations

from zlib import crc32


def tag(*names: str) -> int:
    """32-bit number of a name, the same on every machine.

    >>> tag("states", "prk") == tag("states", "prk"), tag("states", "prk") == tag("states", "rus")
    (True, False)
    """
    return crc32("/".join(names).encode())
