"""Every type of article keeps the contract; a new one inherits these tests by being registered."""

from __future__ import annotations

import ast
import inspect
import math
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any, get_type_hints

import pytest
from worlds_compare import KINDS as KINDS_OF_THINGS
from worlds_compare import mesa_rows
from worlds_made import POINTS, made
from worlds_made_treaties import term

from sim import clauses
from sim.agents import World
from sim.blueprint import draft
from sim.clauses.kind import ClauseType, NoTerms
from sim.rules.entities import MANY, TERMS
from sim.rules.rule import RULES
from sim.rules.treaty import CLEAR, CONTESTED, NO

KINDS = pytest.mark.parametrize("kind", clauses.TYPES.values(), ids=clauses.TYPES)
FUNCTIONS = ("triggered", "ready", "chance", "delay", "perform", "delivered")
WORLDS = 16


@cache
def lived() -> list[World]:
    """Worlds in the middle of their affairs."""
    worlds = []
    for number in range(WORLDS):
        world = World(draft(made(number)), POINTS[number % 2], replicate=2, seed=number)
        for _ in range(10 + 2 * number):
            world.step()
        worlds.append(world)
    return worlds


def moments(kind: ClauseType) -> list[tuple[World, Any, Any]]:
    """A world, a clause and a duty of that type, many times."""
    found = [
        (world, world.clauses[duty.clause], duty)
        for world in lived()
        for duty in world.duties
        if world.clauses[duty.clause].kind == clauses.CODES[kind.name]
    ]
    assert len(found) >= 4, f"no machine-made scenario has enough of '{kind.name}'"
    return found[:: max(1, len(found) // 12)]


def fresh(kind: ClauseType, count: int) -> list[tuple[World, Any, Any]]:
    """Some of these moments, in copies of the worlds, to be written in."""
    copies = []
    for world, _, duty in moments(kind)[:count]:
        copy, place = deepcopy(world), world.duties.index(duty)
        copies.append((copy, copy.clauses[copy.duties[place].clause], copy.duties[place]))
    return copies


def numbers(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every state variable of a world."""
    return {name: mesa_rows(world, name) for name in KINDS_OF_THINGS}


def all_finite(world: World) -> bool:
    """Whether no number of a world is NaN or infinite."""
    rows = [row for things in numbers(world).values() for row in things]
    return all(math.isfinite(x) for row in rows for x in row if not isinstance(x, list))


@KINDS
def test_a_trigger_is_no_contested_or_clear_and_writes_nothing(kind):
    for world, clause, duty in moments(kind):
        before = numbers(world)
        casus = kind.triggered(world, clause, duty)
        assert type(casus) is int
        assert casus in (NO, CONTESTED, CLEAR)
        assert kind.triggered(world, clause, duty) == casus
        assert bool(kind.ready(world, clause, duty)) in (False, True)
        assert numbers(world) == before


@KINDS
def test_a_chance_is_a_probability_and_a_delay_is_in_whole_days(kind):
    for world, clause, duty in moments(kind):
        before = numbers(world)
        chance, days = kind.chance(world, clause, duty), kind.delay(world, clause, duty)
        assert type(chance) is float
        assert 0.0 <= chance <= 1.0
        assert type(days) is int
        assert days >= 0
        assert numbers(world) == before, "asking changes nothing"


@KINDS
def test_what_is_performed_is_a_number_and_a_fraction_of_it_was_delivered(kind):
    for world, clause, duty in fresh(kind, 5):
        assert 0.0 <= kind.delivered(world, clause, duty) <= 1.0
        kind.perform(world, clause, duty)
        assert all_finite(world)
        done = kind.delivered(world, clause, duty)
        assert type(done) is float
        assert 0.0 <= done <= 1.0
        for _ in range(3):
            world.step()
        assert all_finite(world)


@KINDS
def test_what_is_performed_twice_leaves_the_types_of_numbers(kind):
    for world, clause, duty in fresh(kind, 3):
        types = [type(getattr(s, f)) for s in world.states for f in get_type_hints(MANY["states"])]
        kind.perform(world, clause, duty)
        kind.perform(world, clause, duty)
        after = [type(getattr(s, f)) for s in world.states for f in get_type_hints(MANY["states"])]
        assert after == types


@KINDS
def test_a_type_is_a_rule_in_a_file_of_its_own_with_a_meaning(kind):
    assert kind.meaning.strip()
    for name in FUNCTIONS:
        function = getattr(kind, name)
        assert function in RULES, f"{name} is not marked as a rule"
        assert (function.__doc__ or "").strip(), name
        assert list(inspect.signature(function).parameters) == ["world", "clause", "duty"]
    module = inspect.getmodule(kind.terms if kind.terms is not NoTerms else kind.perform)
    assert module is not None
    assert (module.__doc__ or "").strip()
    assert (kind.terms.__doc__ or "").strip()


@KINDS
def test_terms_are_few_bounded_and_fill_the_row(kind):
    fields = kind.terms.model_fields
    assert len(fields) <= TERMS
    for number in range(5):
        terms = {name: term(Random(number), name, field) for name, field in fields.items()}
        row = kind.terms(**terms).row()
        assert len(row) == len(fields)
        assert all(type(value) is float and math.isfinite(value) for value in row)
    with pytest.raises(ValueError, match="no_such_term"):
        kind.terms(**terms, no_such_term=1)
    for name in fields:
        with pytest.raises(ValueError, match=name):
            kind.terms(**terms | {name: -1.5})


@KINDS
def test_terms_are_documented(kind):
    """A line of words under each term, or in the docstring of the class by its name."""
    if kind.terms is NoTerms:
        return
    body = ast.parse(inspect.getsource(kind.terms)).body[0].body
    told = {
        line.target.id
        for line, after in zip(body, [*body[1:], None], strict=True)
        if isinstance(line, ast.AnnAssign) and isinstance(after, ast.Expr)
    }
    words = (kind.terms.__doc__ or "") + (kind.perform.__doc__ or "")
    untold = set(kind.terms.model_fields) - told
    assert not untold or "probabilities" in words, untold


def test_numbers_of_types_are_their_places_in_the_alphabet():
    assert list(clauses.TYPES) == sorted(clauses.TYPES)
    assert list(clauses.CODES.values()) == list(range(len(clauses.TYPES)))
    for name, code in clauses.CODES.items():
        for world, clause, duty in moments(clauses.TYPES[name])[:2]:
            direct = clauses.TYPES[name].triggered(world, clause, duty)
            assert clauses.triggered(code, world, clause, duty) == direct
            assert clauses.chance(code, world, clause, duty) == clauses.TYPES[name].chance(
                world, clause, duty
            )


def test_terms_of_one_name_stand_in_one_place():
    """A path names a term, not a type: `without_delay` must be the same slot in every type."""
    places: dict[str, int] = {}
    for kind in clauses.TYPES.values():
        for place, name in enumerate(kind.terms.model_fields):
            assert places.setdefault(name, place) == place, name
