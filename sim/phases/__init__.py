"""The order of a day: `PHASES`. Each phase is written once, for both worlds.

A phase reads the world as it stood when the phase began and its agents do not see each other's
changes of the same phase, so that their order cannot matter. A day is the step because
treaty clauses and the chain of 1914 run on days.
"""

from __future__ import annotations

from sim.phases.ending import bargaining, record
from sim.phases.fighting import attrition, front_line, recovery
from sim.phases.forces import consumption, deploy, goods, mobilise
from sim.phases.home import opinion, technology
from sim.phases.law import calendar, obligations, perceive, treaty_clock
from sim.phases.tension import feel, ladder

PHASES = (
    calendar,
    perceive,
    treaty_clock,
    obligations,
    feel,
    ladder,
    mobilise,
    deploy,
    goods,
    consumption,
    attrition,
    front_line,
    recovery,
    technology,
    opinion,
    bargaining,
    record,
)
"""The order of a day."""
