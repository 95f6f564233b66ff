"""Keyed draws: a random number is a pure function of what it is drawn for.

No generator holds a state. A draw is named by (study seed, replicate, day, stream, tag, index),
so adding an agent, a treaty or a day leaves every other draw as it was.

Source of the generator: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy
as 1, 2, 3", SC '11, Philox4x32-10.
"""

from __future__ import annotations

from typing import Protocol

from sim.rules.rule import rule

TWO_TO_MINUS_52 = 1.0 / (1 << 52)


class Clock(Protocol):
    """What a draw needs to know of the run: four whole numbers, each 0 to 2**32 - 1.

    In a compiled record the four fields are signed 64-bit (`int64`).
    """

    @property
    def day(self) -> int:
        """Days since the start of the scenario."""

    @property
    def seed_low(self) -> int:
        """Low 32 bits of the study seed."""

    @property
    def seed_high(self) -> int:
        """High 32 bits of the study seed."""

    @property
    def replicate(self) -> int:
        """Index of luck."""


@rule
def philox(
    counter0: int, counter1: int, counter2: int, counter3: int, key0: int, key1: int
) -> tuple[int, int, int, int]:
    """Encrypt a 128-bit counter under a 64-bit key: Philox4x32-10, four 32-bit words.

    All arguments are words, 0 to 2**32 - 1. Bits above the 32nd are left in `counter1`,
    `counter3` and the keys during the rounds and masked off when they meet the other words;
    so Python's long integers and wrapping 64-bit ones agree.

    >>> [f"{word:08x}" for word in philox(0, 0, 0, 0, 0, 0)]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    for _ in range(10):
        product0 = counter0 * 0xD2511F53
        product1 = counter2 * 0xCD9E8D57
        counter0 = ((product1 >> 32) ^ counter1 ^ key0) & 0xFFFFFFFF
        counter2 = ((product0 >> 32) ^ counter3 ^ key1) & 0xFFFFFFFF
        counter1 = product1
        counter3 = product0
        key0 += 0x9E3779B9
        key1 += 0xBB67AE85
    return counter0, counter1 & 0xFFFFFFFF, counter2, counter3 & 0xFFFFFFFF


@rule
def uniform_at(clock: Clock, day: int, stream: int, tag: int, index: int) -> float:
    """Uniform draw in the open interval (0, 1) for a given day, or for none (say, day -1).

    `day` and `tag` are taken modulo 2**32. `stream` (what kind of luck) is 0 to 255, `index`
    (which of several draws) 0 to 2**24 - 1: outside these ranges draws would coincide.
    52 bits, centred: (x + 1/2) / 2**52, so neither 0 nor 1 occurs.
    """
    high, low, _, _ = philox(
        tag & 0xFFFFFFFF,
        (stream << 24) | index,
        day & 0xFFFFFFFF,
        clock.replicate,
        clock.seed_low,
        clock.seed_high,
    )
    return (((high << 20) | (low >> 12)) + 0.5) * TWO_TO_MINUS_52


@rule
def uniform(clock: Clock, stream: int, tag: int, index: int) -> float:
    """Uniform draw in (0, 1) for the clock's own day: see `uniform_at`.

    >>> from types import SimpleNamespace
    >>> clock = SimpleNamespace(day=40, seed_low=7, seed_high=0, replicate=3)
    >>> uniform(clock, 1, 12, 0) == uniform(clock, 1, 12, 0) != uniform(clock, 1, 12, 1)
    True
    """
    return uniform_at(clock, clock.day, stream, tag, index)
