"""`python -m sim plan …`: what the same words would run, and what that would cost."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence

from sim.blueprint import draft
from sim.cli.requests import read_requests
from sim.cli.words import show
from sim.designed import points_of
from sim.job import Request, identify, plan_of, workers
from sim.recipe import engine
from sim.study.designs.asked import Drawn
from sim.study.estimate import wilson
from sim.study.forecast import Forecast, Pilot, forecast, pilot
from sim.study.plan import Plan

FIGURES = "figures add some seconds and 1 to 3 MB"
MEGABYTE = 1e6


def run_plan(arguments: Sequence[str]) -> None:
    """Forecast every study that the words ask for. Raises UsageError; keeps nothing."""
    for request in read_requests(arguments):
        show("\n".join(lines(request)))


def lines(request: Request) -> Iterator[str]:
    """What would run and what it would cost, told line by line."""
    blueprint = draft(request.scenario)
    drawn = points_of(blueprint, request.values, request.wanted, request.seed)
    plan = plan_of(request, blueprint, drawn)
    yield f"{request.title}, scenario {request.scenario.name}, engine {request.engine}"
    yield from _size(plan, request)
    simulate = engine(request.engine)
    side = threads(request)
    started = time.perf_counter()
    simulate(blueprint, drawn.points[:1], [plan.first], plan.seed)
    compiling = time.perf_counter() - started
    found = pilot(plan, identify(request, blueprint, drawn), simulate, blueprint, side)
    cost = forecast(plan, found, memory())
    yield from _cost(cost, found, side)
    if request.engine == "compiled":
        yield f"start     {compiling:.1f} s before the first run; compiled code is kept after it"
    yield from (f"note      {note}" for note in notes(request, drawn, found))


def _size(plan: Plan, request: Request) -> Iterator[str]:
    varied = [name for name in plan.levers if len({point[name] for point in plan.points}) > 1]
    design = request.wanted.kind.replace("_", " ")
    yield f"design    {design} over {', '.join(varied) or 'nothing'}"
    yield f"runs      {plan.size}, seed {plan.seed}"
    low, high = wilson(plan.replicates / 2, plan.replicates)
    half = 50 * float(high - low)
    yield f"interval  of a share at a point at most ±{half:.1f} in 100 (95 %)"


def threads(request: Request) -> int:
    """Threads that run side by side: those of Python itself take turns."""
    return 1 if request.engine == "mesa" else min(workers(request), os.cpu_count() or 1)


def _cost(cost: Forecast, found: Pilot, side_by_side: int) -> Iterator[str]:
    on = "1 thread" if side_by_side == 1 else f"{side_by_side} threads"
    yield (
        f"time      about {seconds(cost.seconds)} on {on}, by {found.runs} pilot runs; {FIGURES}"
    )
    yield f"disk      about {size(cost.disk)} of tables"
    if cost.memory:
        yield f"memory    about {size(cost.memory)} at most"


def notes(request: Request, drawn: Drawn, found: Pilot) -> Iterator[str]:
    """What is ignored, left out, or does nothing."""
    yield from request.notes
    yield from drawn.notes
    if request.engine == "mesa" and (request.workers or 1) > 1:
        yield "workers= gains nothing with engine=mesa: one thread of Python runs at a time"
    for name in found.unmoved:
        yield f"{name} changed no outcome in the pilot; nothing may read it in this scenario"
    if found.failed:
        yield f"{found.failed} of {found.runs} pilot runs failed: {found.error}"


def memory() -> float:
    """The most bytes this process has held so far; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(most) * (1 if sys.platform == "darwin" else 1024)


def seconds(time_needed: float) -> str:
    """A time as one says it.

    >>> seconds(0.4), seconds(42.4), seconds(300), seconds(7300)
    ('1 s', '42 s', '5 min', '2.0 h')
    """
    if time_needed < 100:
        return f"{max(1, round(time_needed))} s"
    return f"{time_needed / 60:.0f} min" if time_needed < 5400 else f"{time_needed / 3600:.1f} h"


def size(content: float) -> str:
    """Bytes in megabytes or gigabytes.

    >>> size(420_000), size(12_345_678), size(2.5e9)
    ('0.4 MB', '12 MB', '2.5 GB')
    """
    megabytes = content / MEGABYTE
    if megabytes >= 1000:
        return f"{megabytes / 1000:.1f} GB"
    return f"{megabytes:.0f} MB" if megabytes >= 10 else f"{megabytes:.1f} MB"
