"""What is measured of a run: one declared table of outcomes, one of weekly series.

Each measure is a rule over the world at the end of the run (series: at each sample). `sender`
is the state that sends troops, `host` the one that receives them, `adversary` the one they face,
all named in the scenario's `focus`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.measures import ending, escalation, expedition, front, home, record, treaty
from sim.rules.entities import World
from sim.rules.escalation import SEVERITIES

DISPUTE_LABELS = ("none", "threat", "display of force", "use of force", "war")
SAMPLE_DAYS = 7

Measure = Callable[[World], float]


@dataclass(frozen=True)
class Outcome:
    """A measured result of a run; a probability is 0 or 1, a time NaN when it never came."""

    name: str
    unit: str
    kind: str
    meaning: str
    measure: Measure


@dataclass(frozen=True)
class Series:
    """A quantity sampled each week. `labels`: names of its values when these are rungs."""

    name: str
    unit: str
    meaning: str
    measure: Measure
    labels: tuple[str, ...] = ()


# fmt: off
OUTCOMES = (
    Outcome("treaty_in_force_days", "days", "time",
            "from signature to entry into force of the treaty in focus",
            treaty.treaty_in_force_days),
    Outcome("days_to_first_troops", "days", "time",
            "from the opening of the front to the first departure of troops",
            expedition.days_to_first_troops),
    Outcome("peak_deployed", "soldiers", "amount",
            "most soldiers of the sender abroad on one day", expedition.peak_deployed),
    Outcome("mean_deployed", "soldiers", "amount",
            "soldiers of the sender abroad, mean from first departure on",
            expedition.mean_deployed),
    Outcome("sender_casualties", "people", "amount",
            "killed and wounded of the sender's expedition", expedition.sender_casualties),
    Outcome("sender_killed", "people", "amount",
            "killed of the sender's expedition, by the run's killed share",
            expedition.sender_killed),
    Outcome("sender_casualties_at_check", "people", "amount",
            "killed and wounded of the expedition on the check day",
            expedition.sender_casualties_at_check),
    Outcome("host_casualties", "people", "amount",
            "killed and wounded of the host on the front in focus", front.host_casualties),
    Outcome("adversary_casualties", "people", "amount",
            "killed and wounded of the adversary on the front in focus",
            front.adversary_casualties),
    Outcome("exchange_ratio", "ratio", "amount",
            "casualties of host and sender for one of the adversary on that front",
            front.exchange_ratio),
    Outcome("area_end", "km2", "amount", "contested area held at the horizon", front.area_end),
    Outcome("area_at_check", "km2", "amount",
            "contested area held on the check day", front.area_at_check),
    Outcome("days_to_restore", "days", "time",
            "from the opening of the front until the line is restored", front.days_to_restore),
    Outcome("area_change_per_day", "km2 a day", "amount",
            "mean change of the contested area under the front's rule", front.area_change_per_day),
    Outcome("partner_shell_share", "fraction", "amount",
            "part of the host's rounds that came from others", front.partner_shell_share),
    Outcome("days_supply_short", "days", "count",
            "days on which the host had under .8 of full supply", front.days_supply_short),
    Outcome("shells_delivered", "rounds", "amount",
            "rounds from the sender that arrived, usable or not", front.shells_delivered),
    Outcome("missiles_delivered", "missiles", "count",
            "missiles from the sender that arrived", front.missiles_delivered),
    Outcome("max_dispute_rung", "rung", "count",
            "highest rung of any dispute: 1 threat, 2 display, 3 force, 4 war",
            escalation.max_dispute_rung),
    Outcome("days_of_force", "days", "count",
            "days on which any two states stood at use of force or above",
            escalation.days_of_force),
    Outcome("belligerents", "states", "count",
            "states that have taken part in the fighting", escalation.belligerents),
    Outcome("new_major_party", "probability", "probability",
            "a major power that was not at war has entered it", escalation.new_major_party),
    Outcome("lethal_aid", "probability", "probability",
            "the watcher has given lethal aid", escalation.lethal_aid),
    Outcome("strike_permission", "probability", "probability",
            "the watcher's ally has permitted strikes", escalation.strike_permission),
    Outcome("nuclear_signalling", "probability", "probability",
            "the signaller has reached nuclear signalling", escalation.nuclear_signalling),
    Outcome("escalation_index", "index a day", "amount",
            "sum of the weights of rungs climbed, a day", escalation.escalation_index),
    Outcome("technology_gain", "units", "amount",
            "technology that the sender has absorbed", expedition.technology_gain),
    Outcome("net_transfer", "million USD", "amount",
            "value the sender received less value the host received", expedition.net_transfer),
    Outcome("obligations_called", "obligations", "count",
            "obligations called under the treaty in focus", treaty.obligations_called),
    Outcome("obligations_met", "obligations", "count",
            "called and met in time and in full", treaty.obligations_met),
    Outcome("obligations_late", "obligations", "count",
            "called and met late", treaty.obligations_late),
    Outcome("obligations_partial", "obligations", "count",
            "called and met in part", treaty.obligations_partial),
    Outcome("obligations_refused", "obligations", "count",
            "called and refused", treaty.obligations_refused),
    Outcome("voluntary_aid", "acts", "count",
            "aid under an article before it bound", treaty.voluntary_aid),
    Outcome("home_theatre_challenges", "disputes", "count",
            "disputes with the sender that reached use of force",
            escalation.home_theatre_challenges),
    Outcome("home_capability", "ratio", "amount",
            "the sender's capability at home relative to the start", home.home_capability),
    Outcome("seasoned_soldiers", "soldiers", "amount",
            "soldiers of the expedition times their experience", home.seasoned_soldiers),
    Outcome("returned_to_duty", "people", "amount",
            "wounded of the sender who returned to duty", home.returned_to_duty),
    Outcome("sender_least_support", "fraction", "amount",
            "least support of the sender's government", home.sender_least_support),
    Outcome("host_least_support", "fraction", "amount",
            "least support of the host's government", home.host_least_support),
    Outcome("adversary_least_support", "fraction", "amount",
            "least support of the adversary's government", home.adversary_least_support),
    Outcome("host_economy", "ratio", "amount",
            "the host's output relative to the start", home.host_economy),
    Outcome("sender_economy", "ratio", "amount",
            "the sender's output relative to the start", home.sender_economy),
    Outcome("days_to_peace", "days", "time",
            "from the opening of the front in focus to the end of the war of host and adversary",
            ending.days_to_peace),
    Outcome("ended_by_settlement", "probability", "probability",
            "host and adversary have settled", ending.ended_by_settlement),
    Outcome("ended_by_collapse", "probability", "probability",
            "host or adversary has given up", ending.ended_by_collapse),
)
"""All outcomes, in the order of the runs table."""

SERIES = (
    Series("sender_casualties", "people", "killed and wounded of the expedition",
           expedition.sender_casualties),
    Series("area_held", "km2", "contested area held on the front in focus",
           front.area_end),
    Series("troops_deployed", "soldiers", "soldiers of the sender abroad",
           expedition.troops_deployed),
    Series("shells_delivered", "rounds", "rounds from the sender that arrived",
           front.shells_delivered),
    Series("watcher_rung", "rung", "step of the watcher",
           escalation.watcher_rung, SEVERITIES),
    Series("ally_rung", "rung", "step of the watcher's ally",
           escalation.ally_rung, SEVERITIES),
    Series("signalling_rung", "rung", "step of the signaller",
           escalation.signalling_rung, SEVERITIES),
    Series("dispute_rung", "rung", "highest dispute of all pairs",
           escalation.dispute_rung, DISPUTE_LABELS),
    # What the public record counts, for scoring and history matching.
    Series("troops_sent", "soldiers", "soldiers sent by the sender so far, with replacements",
           record.troops_sent),
    Series("sender_at_front", "soldiers", "soldiers of the sender who arrived at the focus front",
           record.sender_at_front),
    Series("sender_killed", "people", "killed of the sender's expedition",
           expedition.sender_killed),
    Series("host_at_front", "soldiers", "soldiers of the host on the front in focus",
           record.host_at_front),
    Series("adversary_at_front", "soldiers", "soldiers of the adversary on the front in focus",
           record.adversary_at_front),
    Series("host_casualties", "people", "killed and wounded of the host on the front in focus",
           front.host_casualties),
    Series("adversary_casualties", "people",
           "killed and wounded of the adversary on the front in focus",
           front.adversary_casualties),
    Series("host_casualties_everywhere", "people",
           "killed and wounded of the host on all fronts since the start",
           record.host_casualties_everywhere),
    Series("containers_sent", "containers", "containers of munitions sent by the sender so far",
           record.containers_sent),
    Series("missiles_delivered", "missiles", "missiles from the sender that arrived",
           front.missiles_delivered),
    Series("oil_delivered", "barrels", "oil from the host that reached the sender",
           record.oil_delivered),
    Series("partner_shell_share", "fraction", "part of the host's rounds that came from others",
           front.partner_shell_share),
)
"""All weekly series."""
# fmt: on
