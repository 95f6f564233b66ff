"""Types of treaty articles: one file each, found by itself.

A file in this folder with a `CLAUSE` of type `ClauseType` is a type of article. The number of a
type is its place in the alphabet, fixed when the program starts.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from sim.clauses.kind import ClauseType
from sim.rules.dispatch import table


def _found() -> dict[str, ClauseType]:
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    types = [module.CLAUSE for module in modules if hasattr(module, "CLAUSE")]
    return {kind.name: kind for kind in sorted(types, key=lambda kind: kind.name)}


TYPES = _found()
CODES = {name: code for code, name in enumerate(TYPES)}

triggered = table([kind.triggered for kind in TYPES.values()])
ready = table([kind.ready for kind in TYPES.values()])
chance = table([kind.chance for kind in TYPES.values()])
delay = table([kind.delay for kind in TYPES.values()])
perform = table([kind.perform for kind in TYPES.values()])
delivered = table([kind.delivered for kind in TYPES.values()])
