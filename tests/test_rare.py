"""Do rare outcomes come with the exact bounds, wherever a share is told?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom
from test_figures import context_of, study_of

from sim.report import rare
from sim.report.lines import tables
from sim.report.scattered import sentences
from sim.report.sentences import headline
from sim.report.summary import summary_text
from sim.report.telling import Telling


@pytest.mark.parametrize(("k", "n"), [(0, 1), (0, 250), (1, 60), (4, 250), (60, 60), (7, 9)])
def test_each_end_leaves_two_and_a_half_per_cent(k, n):
    low, high = rare.exact(k, n)
    assert (low, high) == (0.0, high) if k == 0 else binom.sf(k - 1, n, low) == pytest.approx(0.025)
    assert high == 1.0 if k == n else binom.cdf(k, n, high) == pytest.approx(0.025)


def test_the_interval_covers_whatever_the_chance():
    n = 250
    bounds = np.array([rare.exact(k, n) for k in range(n + 1)])
    for chance in (0.0005, 0.004, 0.02, 0.5, 0.99):
        covered = (bounds[:, 0] <= chance) & (chance <= bounds[:, 1])
        assert binom.pmf(np.arange(n + 1), n, chance)[covered].sum() >= 0.95


def test_no_runs_have_no_bounds():
    assert rare.cell(math.nan, math.nan, math.nan, 0) == "–"
    assert not rare.rare(0, 0)


def test_tables_and_sentences_take_them(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 12_000]})
    context = context_of(study)
    study.points[["lethal_aid", "lethal_aid_low", "lethal_aid_high"]] = [0.0, 0.0, 0.24]
    cells = [row[2] for row in next(tables(study.points, context)).rows]
    assert cells == ["0 (0–26)", "0 (0–26)"]
    note = next(tables(study.points, context)).notes[1]
    assert note.endswith("size 0: 0 of 12 runs (still up to 26 % possible); 1 more such line")
    assert note in summary_text(study, context)
    told = Telling(study.points, context)
    text = "stays at 0 of 12 runs (still up to 26 % possible)"
    assert text in headline(told, "lethal_aid")
    assert any("still up to 26 %" in sentence for sentence in sentences(told))
