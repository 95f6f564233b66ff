"""The study that everything is measured on: the live case over deployment and intensity."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sim.blueprint import Blueprint, draft
from sim.cli.requests import read_requests
from sim.job import Request
from sim.study.chunk import Chunk
from sim.study.declared import Point
from sim.study.designs.grid import expand

EXPERIMENT = "+experiment=escalation"
HEADLINE = "new_major_party"
SEED = 1
PROCESSES = 2


@cache
def request() -> Request:
    """The experiment, as the command line reads it."""
    return read_requests([EXPERIMENT])[0]


@cache
def blueprint() -> Blueprint:
    """The first morning of the experiment's scenario."""
    return draft(request().scenario)


@cache
def points() -> Sequence[Point]:
    """The points of the experiment's design."""
    return expand(request().scenario.levers, request().values)


def point(size: int) -> Point:
    """The scenario as it is, with a deployment of a size (soldiers)."""
    asked = read_requests([f"deployment.size={size}"])[0]
    return expand(asked.scenario.levers, asked.values)[0]


def compiled(points: Sequence[Point], replicates: Sequence[int]) -> Chunk:
    """These runs on the compiled engine; the first call compiles or loads."""
    from sim import records

    return records.simulate(blueprint(), points, replicates, SEED)


def first_run() -> None:
    """What a command does until its first run is over, and then a line."""
    compiled(points()[:1], [0])
    print("done", flush=True)
