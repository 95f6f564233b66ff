"""The four laws of combat: on battles made by a known law, the routine finds that law."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import UsageError
from sim.validation.battles import LAWS, Battles, fight, read_battles, select


def made_by(law: str, count: int = 30) -> Battles:
    """Battles that end when side a has lost 5 to 30 in 100, at a power ratio of about 2."""
    luck = np.random.default_rng(3)
    strengths = np.round(luck.uniform(5_000, 60_000, (count, 2)))
    losses_a = np.round(strengths[:, 0] * luck.uniform(0.05, 0.3, count))
    until = Battles(strengths, np.column_stack([losses_a, strengths[:, 1]]))
    fought = fight(law, until, luck.gamma(16.0, 2.0 / 16.0, count))
    return Battles(strengths, np.clip(fought, 1.0, strengths))


@pytest.mark.parametrize("law", ["linear", "square"])
def test_the_law_of_made_battles_is_found(law):
    found = select(made_by(law), draws=1_000)
    assert found.shares[law] > 0.9
    assert sum(found.shares.values()) == pytest.approx(1.0)
    assert 1.0 < found.ratio < 3.5


@pytest.mark.parametrize("law", ["log", "fatigue"])
def test_log_law_and_fatigue_are_told_from_the_others_but_not_apart(law):
    shares = select(made_by(law), draws=1_000).shares
    assert shares["log"] + shares["fatigue"] > 0.9
    assert min(shares["log"], shares["fatigue"]) > 0.1


def test_log_law_and_fatigue_keep_one_path_when_steps_are_small():
    battles = Battles(np.array([[1e7, 2e7]]), np.array([[2e6, 2e7]]))
    log, fatigue = (fight(law, battles, np.array([1.5]), 20_000.0) for law in ("log", "fatigue"))
    np.testing.assert_allclose(log, fatigue, rtol=0.01)


@pytest.mark.parametrize("law", LAWS)
def test_a_battle_ends_when_either_side_has_lost_what_it_lost(law):
    battles = Battles(np.array([[1000.0, 900.0]]), np.array([[100.0, 300.0]]))
    lost = fight(law, battles, np.array([1.0]), step=1.0)
    assert (lost >= battles.losses).any()
    assert lost[0, 0] <= 102 and lost[0, 1] <= 302


def test_the_same_seed_selects_the_same(tmp_path):
    battles = made_by("square", 5)
    assert select(battles, draws=100, seed=4) == select(battles, draws=100, seed=4)


def test_battles_are_read(tmp_path):
    file = tmp_path / "battles.csv"
    file.write_text("year,strength_a,losses_a,strength_b,losses_b\n1704,52000,12000,56000,30000\n")
    battles = read_battles(file)
    assert battles.strengths.tolist() == [[52000.0, 56000.0]]
    assert battles.losses.tolist() == [[12000.0, 30000.0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("strength_a,losses_a,strength_b\n1,1,1\n", "losses_b: is missing"),
        ("strength_a,losses_a,strength_b,losses_b\n5,1,5,1\n5,6,5,1\n", "line 3: losses must be"),
        ("strength_a,losses_a,strength_b,losses_b\n5,0,5,1\n", "line 2: losses must be"),
    ],
)
def test_bad_battles_are_named(tmp_path, text, said):
    file = tmp_path / "battles.csv"
    file.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_battles(file)
