"""The four laws of combat: on battles made by a known law, the routine finds that law."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.cli import main
from sim.validation.battle_list import Battles, read_battles
from sim.validation.battles import LAWS, PERIODS, fight, rows_of, select

HEAD = "battle,year,strength_a,losses_a,strength_b,losses_b"


def made_by(law: str, count: int = 30) -> Battles:
    """Battles that end when side a has lost 5 to 30 in 100, at a power ratio of about 2."""
    luck = np.random.default_rng(3)
    strengths = np.round(luck.uniform(5_000, 60_000, (count, 2)))
    losses_a = np.round(strengths[:, 0] * luck.uniform(0.05, 0.3, count))
    years = np.full(count, 1650.0)
    until = Battles(strengths, np.column_stack([losses_a, strengths[:, 1]]), years)
    fought = fight(law, until, luck.gamma(16.0, 2.0 / 16.0, count))
    return Battles(strengths, np.clip(fought, 1.0, strengths), years)


def written(file: Path, battles: Battles) -> Path:
    """The battles as the file that the routine reads."""
    lines = [
        f"no. {n},{year:.0f},{strength[0]:.0f},{lost[0]:.0f},{strength[1]:.0f},{lost[1]:.0f}"
        for n, (strength, lost, year) in enumerate(
            zip(battles.strengths, battles.losses, battles.years)
        )
    ]
    file.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return file


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
    battles = Battles(np.array([[1e7, 2e7]]), np.array([[2e6, 2e7]]), np.array([1650.0]))
    log, fatigue = (fight(law, battles, np.array([1.5]), 20_000.0) for law in ("log", "fatigue"))
    np.testing.assert_allclose(log, fatigue, rtol=0.01)


@pytest.mark.parametrize("law", LAWS)
def test_a_battle_ends_when_either_side_has_lost_what_it_lost(law):
    battles = Battles(np.array([[1000.0, 900.0]]), np.array([[100.0, 300.0]]), np.array([1650.0]))
    lost = fight(law, battles, np.array([1.0]), step=1.0)
    assert (lost >= battles.losses).any()
    assert lost[0, 0] <= 102 and lost[0, 1] <= 302


def test_the_same_seed_selects_the_same(tmp_path):
    battles = made_by("square", 5)
    assert select(battles, draws=100, seed=4) == select(battles, draws=100, seed=4)


def test_battles_are_read(tmp_path):
    file = tmp_path / "battles.csv"
    file.write_text(f"{HEAD}\nBlenheim,1704,52000,12000,56000,30000\n\n")
    battles = read_battles(file)
    assert battles.strengths.tolist() == [[52000.0, 56000.0]]
    assert battles.losses.tolist() == [[12000.0, 30000.0]]
    assert battles.between(1702, 1792).years.tolist() == [1704.0]
    assert not len(battles.between(1705, 1792).years)


@pytest.mark.parametrize(("law", "verdict"), [("fatigue", "within band"), ("square", "differs")])
def test_a_file_of_battles_of_one_law_gives_that_law(tmp_path, capsys, law, verdict):
    file = written(tmp_path / "battles.csv", made_by(law))
    shares, *others, falling = rows_of(file)
    assert (shares.verdict, "n=30" in shares.quantity) == (verdict, True)
    assert [row.verdict for row in (*others, falling)] == ["not reproduced"] * 4
    assert main(["validate", f"battles={file}"]) == 0
    assert shares.ours in capsys.readouterr().out


def test_the_power_ratio_may_fall_or_rise(tmp_path):
    periods = [float(period[:4]) for period in PERIODS]
    ratios = np.repeat([4.0, 3.0, 2.0, 1.0], 8)
    losses = np.column_stack([np.full(32, 500.0), np.minimum(500.0 * ratios, 5_000.0)])
    all_years = Battles(np.full((32, 2), 20_000.0), losses, np.repeat(periods, 8))
    assert rows_of(written(tmp_path / "falls.csv", all_years))[-1].verdict == "within band"
    risen = Battles(all_years.strengths, losses[::-1], all_years.years)
    assert rows_of(written(tmp_path / "rises.csv", risen))[-1].verdict == "differs"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a table in CSV: No columns to parse"),
        ('"', "not a table in CSV"),
        (HEAD, "1 to 2,000 battles are needed, not 0"),
        (HEAD.replace("losses_b", "loses_b"), "losses_b: is missing\n  did you mean 'loses_b'?"),
        (HEAD.replace("battle,", ""), "battle: is missing"),
        (f"{HEAD}\na,1650,5,1,5,1\nb,1650,5,6,5,1", "line 3, losses_a: losses must be"),
        (f"{HEAD}\na,1650,5,0,5,1", "line 2, losses_a: losses must be above 0"),
        (f"{HEAD}\n\na,1650,5,1,many,1", "line 3, strength_b: a number is needed, not 'many'"),
        (f"{HEAD}\na,1650,5,1,5", "line 2, losses_b: a number is needed, not nothing"),
        (f"{HEAD}\na,1650,inf,1,5,1", "line 2, strength_a: a number is needed, not 'inf'"),
        (f"{HEAD}\na,1650,1e9,1,5,1", "line 2, strength_a: must be above 0 and at most"),
        (f"{HEAD}\na,1650.5,5,1,5,1", "line 2, year: a whole number is needed"),
        (f"{HEAD}\na,1950,5,1,5,1", "year: no battle in 1620-1701"),
        (f"{HEAD}\na,1650,5,1,5,1,7", "not a table in CSV"),
    ],
)
def test_bad_battles_are_named(tmp_path, capsys, text, said):
    file = tmp_path / "battles.csv"
    file.write_text(text)
    assert main(["validate", f"battles={file}"]) == 2
    answer = capsys.readouterr().err
    assert said in answer and str(file) in answer


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["battles=nowhere.csv"], "nowhere.csv: there is no such file"),
        (["battles=."], ".: is a folder"),
        (["battle=a.csv"], "'battle=a.csv' is not understood"),
        (["battles=a.csv", "battles=b.csv"], "'battles=b.csv' is not understood"),
    ],
)
def test_bad_requests_are_named(capsys, arguments, said):
    assert main(["validate", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_file_of_bytes_is_no_table(tmp_path, capsys):
    file = tmp_path / "battles.csv"
    file.write_bytes(b"battle,year\n\xff\xfe,1\n")
    assert main(["validate", f"battles={file}"]) == 2
    assert "not a table in CSV" in capsys.readouterr().err
