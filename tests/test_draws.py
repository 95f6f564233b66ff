"""Keyed draws: published vectors, uniformity, independence of what is not named, equal bits."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.rules.draws import philox, uniform, uniform_at
from sim.rules.rule import RULES

# Random123, kat_vectors, philox4x32 10: counter, key, result
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000",
     "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
     "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
     "d16cfe09 94fdcceb 5001e420 24126ea1"),
]  # fmt: skip
FIELDS = ("day", "seed_low", "seed_high", "replicate")
LARGEST = 2**32 - 1


def words(text: str) -> tuple[int, ...]:
    return tuple(int(word, 16) for word in text.split())


def clock(day=40, seed_low=1, seed_high=2, replicate=3) -> SimpleNamespace:
    return SimpleNamespace(day=day, seed_low=seed_low, seed_high=seed_high, replicate=replicate)


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN_ANSWERS)
def test_philox_gives_the_published_vectors(counter, key, result):
    assert philox(*words(counter), *words(key)) == words(result)


def test_equal_coordinates_give_equal_draws():
    assert uniform(clock(), 5, 6, 7) == uniform(clock(), 5, 6, 7)
    assert uniform(clock(day=9), 5, 6, 7) == uniform_at(clock(day=1), 9, 5, 6, 7)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [0, 4, 2**31, LARGEST])
def test_each_field_of_the_clock_matters(field, value):
    assert uniform(clock(**{field: value}), 5, 6, 7) != uniform(clock(), 5, 6, 7)


@pytest.mark.parametrize(
    "name", [(4, 6, 7), (255, 6, 7), (5, 7, 7), (5, -1, 7), (5, 6, 8), (5, 6, 2**24 - 1)]
)
def test_each_part_of_the_name_matters(name):
    assert uniform(clock(), *name) != uniform(clock(), 5, 6, 7)


def test_names_do_not_coincide():
    small, large = range(6), range(2**24 - 6, 2**24)
    draws = [
        uniform_at(clock(replicate=replicate), day, stream, tag, index)
        for replicate in range(3)
        for day in (-1, 0, 1)
        for stream in (0, 1, 254, 255)
        for tag in small
        for index in (*small, *large)
    ]
    assert len(set(draws)) == len(draws)


def kolmogorov_distance(draws: np.ndarray) -> float:
    """Largest gap between the draws' distribution function and the uniform one."""
    ordered, n = np.sort(draws), len(draws)
    above = np.arange(1, n + 1) / n - ordered
    return float(np.max(np.maximum(above, 1 / n - above)))


@pytest.mark.parametrize("moving", ["index", "tag", "stream and index", "day", "replicate"])
def test_draws_are_uniform_along_every_coordinate(moving):
    n = 50_000
    named = {
        "index": lambda i: uniform(clock(), 5, 6, i),
        "tag": lambda i: uniform(clock(), 5, i, 7),
        "stream and index": lambda i: uniform(clock(), i % 256, 6, i // 256),
        "day": lambda i: uniform(clock(day=i), 5, 6, 7),
        "replicate": lambda i: uniform(clock(replicate=i), 5, 6, 7),
    }
    draws = np.array([named[moving](i) for i in range(n)])
    # both bands are left by chance once in a million
    assert kolmogorov_distance(draws) < 2.7 / np.sqrt(n)
    assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 4.9 / np.sqrt(n)


def test_no_draw_is_0_or_1(monkeypatch):
    for word, extreme in ((0, 2.0**-53), (LARGEST, 1 - 2.0**-53)):
        monkeypatch.setattr("sim.rules.draws.philox", lambda *_, word=word: (word,) * 4)
        assert uniform(clock(), 5, 6, 7) == extreme


def test_compiled_draws_have_the_same_bits():
    numba = pytest.importorskip("numba")
    for f in RULES:
        numba.extending.register_jitable(f)
    rng = np.random.default_rng(1)
    n = 20_000
    record = np.zeros(n, [(name, np.int64) for name in FIELDS])
    for name in FIELDS:
        record[name] = rng.integers(0, LARGEST, n, endpoint=True)
    record[0] = (LARGEST,) * 4
    names = np.stack([rng.integers(0, top, n) for top in (256, 2**32, 2**24)], axis=1)

    @numba.njit
    def compiled(clocks, names, out):
        for i in range(len(out)):
            out[i] = uniform(clocks[i], names[i, 0], names[i, 1], names[i, 2])

    out = np.zeros(n)
    compiled(record, names, out)
    clocks = (clock(*fields) for fields in record.tolist())
    plain = [uniform(c, *name) for c, name in zip(clocks, names.tolist(), strict=True)]
    assert out.tolist() == plain


def test_compiled_philox_gives_the_published_vectors():
    numba = pytest.importorskip("numba")
    compiled = numba.njit(philox)
    for counter, key, result in KNOWN_ANSWERS:
        assert compiled(*words(counter), *words(key)) == words(result)
