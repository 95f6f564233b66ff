"""Ways in which states decide: one file each, found by itself.

A file in this folder with a `POLICY` of type `Policy` is a way of deciding. Its number is its
place in the alphabet, fixed when the program starts.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from sim.policies.kind import Policy
from sim.rules.dispatch import table


def _found() -> dict[str, Policy]:
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    policies = [module.POLICY for module in modules if hasattr(module, "POLICY")]
    return {policy.name: policy for policy in sorted(policies, key=lambda policy: policy.name)}


POLICIES = _found()
CODES = {name: code for code, name in enumerate(POLICIES)}

honours = table([policy.honours for policy in POLICIES.values()])
climbs = table([policy.climbs for policy in POLICIES.values()])
