"""The model's parameters: one table of symbol, default, range, unit, meaning and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_type_hints


@dataclass(frozen=True)
class Parameter:
    """One number that the rules use. `source` is a citation or begins with `assumption`.

    `low` to `high` is the range of the evidence; `law` the prior over it that a scenario takes with
    `type: declared` (triangular about the default, uniform, or loguniform; none: a code or a
    lever). `off` is the value at which the rule says nothing, where that lies outside the range.
    """

    symbol: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    law: str = "triangular"
    off: float | None = None


LEEDS_ANAC = "Leeds & Anac 2005 replication data, logit of n=137, range one standard error"


# fmt: off
class Parameters:
    """Numbers of the whole world. A scenario may change the defaults, with a source of its own."""

    honour_mode: Annotated[int, Parameter(
        "", 0, 0, 3, "code", "who honours: 0 historical, 1 model, 2 always, 3 never",
        "assumption: conditioning arm", law="none")]
    intensity: Annotated[float, Parameter(
        "", 1.0, 0.0, 3.0, "ratio", "scales tension shocks and tension's effect, not base hazards",
        "assumption: lever", law="none")]
    arms_rate: Annotated[float, Parameter(
        "", 1.0, 0.0, 3.0, "ratio", "scales the flows of arms that are marked as scaled",
        "assumption: lever", law="none")]
    contested_accepted: Annotated[float, Parameter(
        "q_cf", 0.5, 0.0, 1.0, "probability", "a contested casus foederis is accepted",
        "assumption; 146 of 576 alliance rows of Berkemeier & Fuhrmann 2018 were called",
        law="uniform")]
    honour_capability: Annotated[float, Parameter(
        "β_cap", -1.094, -1.553, -0.635, "logit", "either side's capability changed by over 10 %",
        LEEDS_ANAC)]
    honour_institutions: Annotated[float, Parameter(
        "β_inst", -1.44, -1.992, -0.888, "logit", "the obligor's institutions changed", LEEDS_ANAC)]
    honour_target: Annotated[float, Parameter(
        "β_tgt", -1.586, -2.025, -1.147, "logit", "the obligor is itself an original target",
        LEEDS_ANAC)]
    honour_democracy: Annotated[float, Parameter(
        "β_D", 0.0, 0.0, 1.5, "logit", "democracy of the obligor, centred on 0.5",
        "assumption: sign from Leeds 2003, size unknown", law="uniform")]
    honour_cost: Annotated[float, Parameter(
        "β_k", 0.0, 0.0, 2.0, "logit", "perceived cost of aiding: the attacker's share of power",
        "assumption: sign from theory, size unknown", law="uniform")]
    latency_shape: Annotated[float, Parameter(
        "k_l", 0.687, 0.55, 0.82, "1", "shape of the delay from trigger to aid (Weibull)",
        "GML 2016 participants, 240 joiners of wars")]
    latency_scale: Annotated[float, Parameter(
        "s_l", 290.7, 232.0, 349.0, "days", "scale of the delay from trigger to aid (Weibull)",
        "GML 2016 participants, 240 joiners of wars", off=0.0)]
    limited_share: Annotated[float, Parameter(
        "", 0.25, 0.0, 1.0, "fraction", "part of the pledge sent as limited troops", "assumption",
        law="uniform")]
    consumption: Annotated[float, Parameter(
        "u", 0.02, 0.005, 0.06, "rounds a soldier and day", "use at activity 1",
        "assumption: 10,000-15,000 rounds a day (French Senate and NATO estimates, 2024) by "
        "some 550,000 soldiers", law="loguniform")]
    cover: Annotated[float, Parameter(
        "h", 14.0, 7.0, 30.0, "days", "stock that counts as full supply", "assumption")]
    supply_elasticity: Annotated[float, Parameter(
        "η", 0.5, 0.0, 1.0, "1", "firepower goes with supply to this power", "assumption",
        law="uniform")]
    sanctions_drag: Annotated[float, Parameter(
        "κ_s", 0.25, 0.0, 1.0, "1",
        "longer lead times for each unit of sanctions on the recipient",
        "assumption: sanctions act only on income and lead times")]
    loss_rate: Annotated[float, Parameter(
        "a0", 0.002, 0.0005, 0.01, "a day", "fraction lost at parity and activity 1",
        "Ardennes .0036/.0056 (ACSDB via Bracken 1995); claims of one side in Ukraine "
        ".0017-.002", law="loguniform", off=0.0)]
    attrition: Annotated[float, Parameter(
        "m", 1.0, 0.1, 5.0, "ratio", "the run's own multiplier of all losses",
        "assumption: log-sd .5 between runs; battle level 1.15-1.28 (CDB90)", law="loguniform")]
    helmbold: Annotated[float, Parameter(
        "w", 0.5, 0.0, 1.0, "1", "exponent of the power ratio in losses",
        "Helmbold 1965; CDB90 regressions lie between .26 and .58")]
    overdispersion: Annotated[float, Parameter(
        "k", 20.0, 5.0, 100.0, "1", "shape of the gamma factor on a day's losses",
        "Ardennes (15 and 71) and claimed daily series (27-65)", law="loguniform")]
    attacker_losses: Annotated[float, Parameter(
        "μ", 1.0, 0.5, 2.0, "ratio", "losses of the side with the initiative",
        "CDB90 median exchange ratio .91 for 1900 and later", law="loguniform")]
    guard_exposure: Annotated[float, Parameter(
        "", 0.1, 0.0, 0.5, "ratio", "exposure while preparing behind the line", "assumption")]
    rest_hazard: Annotated[float, Parameter(
        "", 0.2, 0.0, 1.0, "a day", "hazard of going off the line for each unit of monthly loss",
        "assumption: a third lost in a month, off the line from mid-January 2025 (ROK NIS)")]
    rest_days: Annotated[float, Parameter(
        "", 21.0, 7.0, 60.0, "days", "rest off the line",
        "assumption: about three weeks' absence from mid-January 2025")]
    killed_share: Annotated[float, Parameter(
        "", 0.25, 0.1, 0.67, "fraction", "killed among casualties of the expedition",
        "UK MoD, January 2025: about a quarter; ROK NIS a tenth; other sources to two thirds")]
    success_intercept: Annotated[float, Parameter(
        "b0", -0.173, -0.416, 0.257, "logit", "an attack succeeds at force ratio 1",
        "CDB90, Second World War, n=194")]
    success_slope: Annotated[float, Parameter(
        "b1", 0.845, 0.368, 1.088, "logit", "an attack succeeds, by log force ratio",
        "CDB90, Second World War, n=194")]
    initiative_ratio: Annotated[float, Parameter(
        "θ", 0.5, 0.2, 1.0, "ratio", "force ratio under which the initiative is lost in time",
        "assumption")]
    initiative_days: Annotated[float, Parameter(
        "", 14.0, 7.0, 60.0, "days", "days under that ratio until the initiative passes",
        "assumption")]
    restored_fraction: Annotated[float, Parameter(
        "", 0.01, 0.0, 0.1, "fraction",
        "part of the peak area at which the line counts as restored", "assumption")]
    recovered_share: Annotated[float, Parameter(
        "r_d", 0.45, 0.2, 0.7, "fraction", "killed and wounded who return to duty, at most the "
        "wounded", "assumption; shares of wounded returned are quoted from memory", off=0.0)]
    recovery_days: Annotated[float, Parameter(
        "τ_r", 45.0, 20.0, 90.0, "days", "mean time until a wounded soldier returns",
        "assumption")]
    learning_days: Annotated[float, Parameter(
        "τ_e", 60.0, 20.0, 180.0, "days", "time constant of learning on the line", "assumption",
        law="loguniform")]
    home_experience: Annotated[float, Parameter(
        "γ_x", 0.005, 0.0, 0.02, "fraction per 1,000",
        "capability at home gained by seasoned soldiers", "assumption", law="uniform")]
    home_technology: Annotated[float, Parameter(
        "γ_τ", 0.005, 0.0, 0.02, "fraction per unit",
        "capability at home gained by absorbed technology", "assumption", law="uniform")]
    home_challenge: Annotated[float, Parameter(
        "β_h", 0.0, -2.0, 2.0, "log ratio",
        "own challenges for a doubled capability at home", "assumption: sign unknown",
        law="uniform")]
    technology_delay: Annotated[float, Parameter(
        "τ_t", 400.0, 100.0, 1000.0, "days", "mean time to absorb transferred technology",
        "assumption: tests did not become more frequent while the partnership deepened (record)",
        law="loguniform")]
    reaction: Annotated[float, Parameter(
        "k", 0.02, 0.0, 0.04, "a day", "tension caused by the other side's tension",
        "assumption: form of Richardson 1960, stable region")]
    fatigue: Annotated[float, Parameter(
        "α", 0.05, 0.03, 0.1, "a day", "decay of tension",
        "assumption: form of Richardson 1960, stable region")]
    elasticity: Annotated[float, Parameter(
        "η_T", 1.0, 0.0, 2.0, "1", "log hazard of a step for each unit of tension", "assumption")]
    deterrence: Annotated[float, Parameter(
        "δ_def", -0.2231, -0.5108, 0.2624, "log ratio",
        "challenge of a state with a defence pact in force, for a certain ally",
        "Benson 2011 (-18 %), Leeds 2003 (quoted from memory, -28 %); sign disputed")]
    shock_treaty: Annotated[float, Parameter(
        "s_t", 0.3, 0.0, 1.0, "tension", "a treaty of others is signed or enters into force",
        "assumption")]
    shock_troops: Annotated[float, Parameter(
        "s_z", 0.1, 0.0, 0.3, "tension per 1,000", "soldiers reported as sent abroad",
        "assumption")]
    shock_arms: Annotated[float, Parameter(
        "s_a", 0.05, 0.0, 0.3, "tension per 1,000", "containers of munitions reported as sent",
        "assumption")]
    shock_attack: Annotated[float, Parameter(
        "s_f", 0.5, 0.0, 1.5, "tension", "recognised territory is entered", "assumption")]
    tension_limit: Annotated[float, Parameter(
        "", 3.0, 1.0, 5.0, "tension", "most tension that moves a hazard", "assumption")]
    support_slope: Annotated[float, Parameter(
        "", 0.15, 0.05, 0.25, "fraction", "support lost for tenfold casualties",
        "Mueller 1971, 1973: about 15 points for tenfold casualties", off=0.0)]
    support_scale: Annotated[float, Parameter(
        "C0", 100.0, 30.0, 1000.0, "people", "casualties from which support counts",
        "assumption", law="loguniform")]
    pass_through: Annotated[float, Parameter(
        "ψ", 0.2, 0.0, 1.0, "fraction", "casualties that tell on support in an autocracy "
        "(in a democracy all)", "assumption")]
    audience_cost: Annotated[float, Parameter(
        "A", 0.1, 0.0, 0.2, "fraction", "support a democracy loses when it breaks its word",
        "Tomz 2007 for the sign; size quoted from memory")]
    ground_support: Annotated[float, Parameter(
        "ω", 0.01, 0.0, 0.05, "fraction per 1,000 km2", "support won by ground won",
        "assumption")]
    support_floor: Annotated[float, Parameter(
        "S_min", 0.2, 0.0, 0.5, "fraction", "support under which a state sends nobody more and "
        "may give up", "assumption")]
    economy_sanctions: Annotated[float, Parameter(
        "k_s", 0.02, 0.0, 0.1, "a year", "growth lost for each unit of sanctions", "assumption")]
    economy_mobilisation: Annotated[float, Parameter(
        "k_w", 2.0, 0.0, 5.0, "a year", "growth lost for each part of the inhabitants on fronts",
        "assumption")]
    belief_sd: Annotated[float, Parameter(
        "σ0", 0.25, 0.1, 0.5, "probability", "sd of a state's first estimate of its chance to win",
        "assumption")]
    signal_sd: Annotated[float, Parameter(
        "σo", 0.5, 0.2, 1.0, "probability", "sd of what a day of fighting tells of that chance",
        "assumption")]
    ground_weight: Annotated[float, Parameter(
        "v", 0.5, 0.0, 1.0, "fraction", "weight of ground beside losses in what a day tells",
        "assumption", law="uniform")]
    cost_start: Annotated[float, Parameter(
        "c0", 0.1, 0.02, 0.3, "probability", "cost of war to a state at its beginning",
        "assumption: form of Fearon 1995")]
    cost_slope: Annotated[float, Parameter(
        "c1", 0.5, 0.0, 2.0, "probability", "cost added when all manpower has become casualties",
        "assumption: direction of Weisiger 2016")]
    settlement: Annotated[float, Parameter(
        "h_s", 0.004, 0.001, 0.0167, "a day", "hazard of settlement while there is a range for it",
        "assumption; interstate wars lasted 782 days in the mean (COW, quoted from memory)",
        law="loguniform", off=0.0)]
    collapse: Annotated[float, Parameter(
        "h_c", 0.0333, 0.005, 0.1, "a day", "hazard that a side without support or soldiers "
        "gives up", "assumption: no sharp breakpoint is supported (Helmbold 1971, quoted from "
        "memory)", law="loguniform", off=0.0)]
    collapse_strength: Annotated[float, Parameter(
        "x_min", 0.2, 0.05, 0.5, "fraction", "of its most soldiers on the line, under which a "
        "side may give up", "assumption", law="loguniform")]
    deterrence_offence: Annotated[float, Parameter(
        "δ_off", 0.3853, 0.0, 0.9163, "log ratio",
        "challenge by a state whose partner has pledged to join its attack, for a certain partner",
        "Leeds 2003 (quoted from memory, +47 %; range 1 to 2.5 times)")]
    deterrence_neutrality: Annotated[float, Parameter(
        "δ_neut", 0.4511, 0.0, 0.6931, "log ratio",
        "challenge by a state to which another has pledged neutrality, for a certain pledge",
        "Leeds 2003 (quoted from memory, +57 %; range 1 to 2 times)")]
# fmt: on


@cache
def declared() -> Mapping[str, Parameter]:
    """The table: name to declaration, in the order of the class."""
    hints = get_type_hints(Parameters, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}
