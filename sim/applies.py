"""Which outcomes and series a scenario measures: those that speak of what its focus names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sim.outcomes import Outcome, Series
from sim.scenario.spec import Focus

EXPEDITION = ("sender",)
FRONT = ("front",)
NEEDS: dict[str, tuple[str, ...]] = {
    "treaty_in_force_days": ("treaty",),
    "days_to_first_troops": ("sender", "front"),
    "peak_deployed": EXPEDITION,
    "mean_deployed": EXPEDITION,
    "sender_casualties": EXPEDITION,
    "sender_killed": EXPEDITION,
    "sender_casualties_at_check": ("sender", "casualties_on"),
    "host_casualties": ("host", "front"),
    "adversary_casualties": ("adversary", "front"),
    "exchange_ratio": ("sender", "host", "adversary", "front"),
    "area_end": FRONT,
    "area_at_check": ("front", "area_on"),
    "days_to_restore": FRONT,
    "area_change_per_day": FRONT,
    "partner_shell_share": ("host",),
    "days_supply_short": ("host",),
    "shells_delivered": EXPEDITION,
    "missiles_delivered": EXPEDITION,
    "lethal_aid": ("watcher",),
    "strike_permission": ("ally",),
    "nuclear_signalling": ("signaller",),
    "technology_gain": EXPEDITION,
    "net_transfer": ("sender", "host"),
    "home_theatre_challenges": EXPEDITION,
    "home_capability": EXPEDITION,
    "seasoned_soldiers": EXPEDITION,
    "returned_to_duty": EXPEDITION,
    "sender_least_support": EXPEDITION,
    "sender_economy": EXPEDITION,
    "host_least_support": ("host",),
    "host_economy": ("host",),
    "adversary_least_support": ("adversary",),
    "days_to_peace": ("host", "adversary", "front"),
    "ended_by_settlement": ("host", "adversary"),
    "ended_by_collapse": ("host", "adversary"),
    "area_held": FRONT,
    "troops_deployed": EXPEDITION,
    "troops_sent": EXPEDITION,
    "sender_at_front": ("sender", "front"),
    "host_at_front": ("host", "front"),
    "adversary_at_front": ("adversary", "front"),
    "host_casualties_everywhere": ("host",),
    "containers_sent": EXPEDITION,
    "oil_delivered": ("sender", "host"),
    "watcher_rung": ("watcher",),
    "ally_rung": ("ally",),
    "signalling_rung": ("signaller",),
}
"""What the focus must name for an outcome or a series to mean anything; without a line, nothing."""

Measured = TypeVar("Measured", Outcome, Series)


def applicable(measured: Iterable[Measured], focus: Focus) -> tuple[Measured, ...]:
    """Those of the outcomes, or of the series, that the scenario's focus gives a meaning."""
    return tuple(
        one
        for one in measured
        if all(getattr(focus, field) is not None for field in NEEDS.get(one.name, ()))
    )
