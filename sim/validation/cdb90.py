"""EV-7: attack success and losses in CDB90, as far as the project's own rule reproduces them."""

from __future__ import annotations

from sim.rules.front import success
from sim.validation.made import world
from sim.validation.row import Row, exact, missing

TARGET = "EV-7 CDB90"
SECOND_WAR = {"success_intercept": -0.173, "success_slope": 0.845}
RATIOS = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
NO_BATTLES = "the battles of CDB90 are not part of the project: nothing to refit"
REFITS = {
    "success logit, 656 battles: b0 (s.e.), b1 (s.e.)": ".257 (.094), .368 (.116)",
    "success logit, First World War, 124": "-.248 (.254), .953 (.327)",
    "success logit, Second World War, 194": "-.173 (.243), .845 (.243)",
    "success logit, 1950 and later, 73": "1.035 (.292), -.631 (.370)",
    "log casualty ratio on log force ratio, 653": "-.297, .290 (.076), R² .022",
    "median exchange ratio, 1900 and later": ".91",
    "residual log-sd of casualties a day": "1.15 to 1.28",
}


def rows() -> list[Row]:
    """Success by force ratio, contests as a special case, and what cannot be refitted."""
    chances = [success(world(params=SECOND_WAR), ratio) for ratio in RATIOS]
    published = ".3189, .4569, .5423, .6017, .6803, .7662"
    found = [exact(TARGET, "P(success) at FR .5, 1, 1.5, 2, 3, 5", published, chances)]
    found += [
        _contest(2.0, ".5858, .6667, .8000"),
        _contest(3.0, ".634, .750, .900"),
    ]
    return found + [missing(TARGET, name, text, NO_BATTLES) for name, text in REFITS.items()]


def _contest(ratio: float, published: str) -> Row:
    """F^m / (F^m + G^m) is the rule with b0 = 0 and b1 = m, for m of .5, 1 and 2."""
    powers = [{"success_intercept": 0.0, "success_slope": m} for m in (0.5, 1.0, 2.0)]
    chances = [success(world(params=power), ratio) for power in powers]
    return exact(TARGET, f"contest success, m .5, 1, 2, ratio {ratio:g}", published, chances)
