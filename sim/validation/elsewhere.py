"""Verification tests whose place is a test of the suite, and those that no rule answers yet."""

from __future__ import annotations

from sim.rules.belief import precision
from sim.validation.row import Row, exact, missing, tested
from sim.validation.targets import VT

SALVO = (
    ("(10, 8, 2, 2, 2, 2, 1, 1), first two rounds", "(7,2), (7,0)"),
    ("(3, 2, 3, 4, 2, 2, 1, 1), first round", "(.5,0)"),
    ("(6, 6, 2, 2, 1, 1, 2, 2)", "no change for ever"),
    ("(10, 10, 3, 2, 2, 3, 1, 1), first two rounds", "(5,3.3333), (4.1667,0)"),
)
"""Hughes 1995: A, B, α, β, a1, b1, a3, b3."""
NO_SALVO = (
    "no rule of salvos: missiles are counted when they arrive and are not exchanged by rounds"
)
NO_OFFER = (
    "no state makes an offer: a settlement comes with a hazard (C12), so that there is no optimum "
    "of risk and return to compare"
)
TESTS = (
    (20, "soldiers and rounds in all their places add up every day", "test_invariants",
     "test_vt_20_soldiers_and_rounds_are_conserved_in_made_scenarios"),
    (21, "swapped labels swap the outcomes", "test_metamorphic",
     "test_vt_21_swapped_labels_swap_the_outcomes"),
    (21, "twice the forces lose twice the people and the same fraction", "test_metamorphic",
     "test_vt_21_twice_the_forces_lose_twice_the_people"),
    (21, "no treaty, no aid", "test_invariants",
     "test_vt_21_without_a_treaty_nobody_owes_or_sends_anything"),
    (21, "no expedition is no clause, to the bit", "test_metamorphic",
     "test_vt_21_no_expedition_is_no_clause"),
    (21, "more own quality never raises own expected loss on the day", "test_metamorphic",
     "test_vt_21_more_quality_never_raises_own_expected_loss"),
    (21, "the order of agents changes nothing", "test_invariants",
     "test_vt_21_the_order_of_names_in_a_made_scenario_does_not_matter"),
    (22, "first and total index of an input that nothing reads", "test_metamorphic",
     "test_vt_22_a_dummy_input_explains_nothing"),
    (23, "another state draws no luck of the others", "test_common_luck",
     "test_vt_23_an_unrelated_state_changes_no_outcome"),
    (24, "same seed, same bytes, in another process", "test_common_luck",
     "test_vt_24_another_process_with_another_hash_seed_gets_the_same_bytes"),
    (26, "CRPS of a normal ensemble at its mean, sd 1: .2336950", "test_scoring_scores",
     "test_vt_26_crps_of_a_normal_ensemble_at_its_mean"),
)  # fmt: skip


def rows() -> list[Row]:
    """What has no rule, with the reason, and where the tests stand."""
    found = [missing(VT[10], f"salvo {name}", text, NO_SALVO) for name, text in SALVO]
    found += [
        exact(VT[17], "sd of belief after 10, 50, 200 days", ".1336, .0680, .0350",
              [precision(days, 0.25, 0.5) ** -0.5 for days in (10, 50, 200)]),
        missing(VT[18], "s*, P(war) of (.6, .1, U[0, .3])", ".3000, .3333", NO_OFFER),
        missing(VT[18], "s*, P(war) of (.5, .05, U[0, .5])", ".2750, .4500", NO_OFFER),
        missing(VT[18], "s*, P(war) of (.6, .1, U[.05, .15])", ".35, 0", NO_OFFER),
    ]  # fmt: skip
    return found + [
        tested(VT[number], quantity, f"tests/{file}.py, {name}")
        for number, quantity, file, name in TESTS
    ]
