"""Which lines of the ledger realise an outcome, and which of all lines is the worst: declared here.

Beside `sim.outcomes`: what an outcome counts at the end of a run, these lines made happen. Kinds
are those of `sim.rules.ledger.KINDS`; roles are fields of the scenario's focus.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.rules.escalation import (
    DEMONSTRATION,
    DISPLAY,
    LETHAL_AID,
    NUCLEAR_SIGNALLING,
    STRIKE_PERMISSION,
    THREAT,
    USE_OF_FORCE,
    WAR,
)


@dataclass(frozen=True)
class Realised:
    """Lines of some kinds, narrowed by who acts and by the amount.

    words: what happened, as half a sentence. actor: the focus role that acts. relation: the focus
    relation that steps. between: two focus roles, either way round. party: a focus role that acts
    or is acted on. major: only major
    powers that were no party of the war from its start. in_focus: only the treaty in
    focus. least: smallest amount (of a step: its severity). value: the outcome that counts as yes
    (a time counts when it came at all).
    """

    words: str
    kinds: tuple[str, ...]
    actor: str = ""
    relation: str = ""
    between: tuple[str, ...] = ()
    party: str = ""
    major: bool = False
    in_focus: bool = False
    least: float = 0.0
    value: float = 1.0


STEP, ENTERED = ("step up",), ("entered the war",)
ENDED = ("settlement", "collapse")
PAIR = ("host", "adversary")

# fmt: off
REALISED = {
    "treaty_in_force_days": Realised(
        "the treaty in focus entered into force", ("treaty in force",), in_focus=True),
    "days_to_first_troops": Realised(
        "the sender's first soldiers departed", ("first departure",), actor="sender"),
    "days_to_restore": Realised("the line was restored", ("line restored",)),
    "days_to_peace": Realised("host and adversary made peace", ENDED, between=PAIR),
    "ended_by_settlement": Realised("host and adversary settled", ENDED[:1], between=PAIR),
    "ended_by_collapse": Realised("host or adversary gave up", ENDED[1:], between=PAIR),
    "new_major_party": Realised(
        "a major power that was not at war entered it", ENTERED, major=True),
    "max_dispute_rung": Realised(
        "a dispute reached war", ("step up", "war broke out"), least=WAR, value=4),
    "lethal_aid": Realised("the watcher gave lethal aid", STEP, relation="watcher",
                           least=LETHAL_AID),
    "strike_permission": Realised("the watcher's ally permitted strikes", STEP, relation="ally",
                                  least=STRIKE_PERMISSION),
    "nuclear_signalling": Realised("the signaller reached nuclear signalling", STEP,
                                   relation="signaller", least=NUCLEAR_SIGNALLING),
    "home_theatre_challenges": Realised(
        "a dispute with the sender reached use of force", STEP, party="sender",
        least=USE_OF_FORCE),
    "obligations_called": Realised("an obligation was called", ("obligation called",),
                                   in_focus=True),
    "obligations_met": Realised("an obligation was met", ("obligation met",), in_focus=True),
    "obligations_late": Realised("an obligation was met late", ("obligation met late",),
                                 in_focus=True),
    "obligations_partial": Realised("an obligation was met in part",
                                    ("obligation met in part",), in_focus=True),
    "obligations_refused": Realised("an obligation was refused", ("obligation refused",),
                                    in_focus=True),
    "voluntary_aid": Realised("aid was given before it bound", ("voluntary aid",),
                              in_focus=True),
}
"""By outcome. The outcomes that are left out are sums that no single line makes happen."""

WORST = (
    REALISED["new_major_party"],
    Realised("a dispute reached war", STEP, least=WAR),
    Realised("a war broke out", ("war broke out",)),
    Realised("a state entered a war", ("entered the war", "joined a further war")),
    Realised("a dispute reached use of force", STEP, least=USE_OF_FORCE),
    Realised("a demonstration", STEP, least=DEMONSTRATION),
    Realised("nuclear signalling", STEP, least=NUCLEAR_SIGNALLING),
    Realised("a display of force", STEP, least=DISPLAY),
    Realised("a threat", STEP, least=THREAT),
    Realised("a state gave up its war", ENDED[1:]),
    Realised("fighting began on a front", ("front opened",)),
    Realised("an obligation was refused", ("obligation refused",)),
    Realised("a step up a ladder", STEP),
)
"""What can happen in a run, the worst first; of several lines the earliest is taken."""
# fmt: on
