"""The job of `python -m sim score`: a study and a record become scores, a text and a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sim.errors import usage_error
from sim.outcomes import OUTCOMES, SERIES
from sim.reopened import scenario_of
from sim.report.context import Context
from sim.scenario.places import CONFIGS
from sim.scenario.spec import Scenario
from sim.scoring.ensemble import Ensemble, ensemble_of
from sim.scoring.fit import Fit, Fitted, fit_before
from sim.scoring.mapping import Mapping, load_mapping, mapping_file
from sim.scoring.no_treaty import without_treaty
from sim.scoring.picture import calibration
from sim.scoring.point import choose, prior_of, settings
from sim.scoring.predict import Learned, Prediction, Sorted, refuse_small, sort_rows
from sim.scoring.record import Row, read_record
from sim.scoring.scores import Block, score_rows
from sim.scoring.telling import Scored, report
from sim.study import files
from sim.study.store import Study, load

DPI = 150
FOLDER = "score"
NONE, BEFORE = "none", "before"
FITS = (NONE, BEFORE)


@dataclass(frozen=True)
class Asked:
    """What `score` was asked for; None where the default is meant."""

    study: str
    record: str
    first: date | None = None
    last: date | None = None
    point: int | None = None
    mapping: str | None = None
    fit: str = NONE


def score(asked: Asked) -> tuple[Scored, Path]:
    """Score a study and write score.csv, score.md and calibration.png into its folder score/.

    The block begins, when nothing else is said, on the day after the scenario's cut-off, and
    ends with the record. With `fit=before` runs and sources are fitted to the record before the
    block, the runs of the model without a treaty in the same way. UsageError before anything is
    written.
    """
    study, rows = load(asked.study), read_record(asked.record)
    scenario = scenario_of(study)
    file = asked.mapping or mapping_file(scenario.record)
    mapping = load_mapping(file, scenario.states)
    point = choose(study, asked.point)
    block = _block(asked, scenario, rows)
    fit = fit_before(scenario, mapping, block.known, block.first) if asked.fit == BEFORE else None
    said = _said(ensemble_of(study, point), mapping, rows, fit)
    refuse_small(said.rows.predictions)
    inside = [row for row in rows if block.holds(row.date)]
    bare, origin = without_treaty(study, point) if inside else (None, "not needed")
    others = None if bare is None else _said(bare, mapping, rows, fit)
    beside = {} if others is None else others.by_line
    scored = Scored(
        score_rows(said.rows.predictions, beside, said.ensemble, mapping, block),
        [one for one in said.rows.left if block.holds(one[0].date)],
        block,
        len(rows) - len(inside),
        {
            "Study": str(study.manifest["hash"])[:8],
            "Point": _point_words(study, point),
            "Members": said.members,
            "Fit": said.words(block.first),
            "Prior": prior_of(study).words or "wide",
            "Record": f"{Path(asked.record).name}, {len(rows)} rows",
            "Sample": _sample(block, scenario, prior_of(study).until),
            "No treaty": origin + (f"; {others.fitted.words}" if others and others.fitted else ""),
        },
        fitted=fit is not None,
    )
    return scored, _write(study, scenario, scored)


@dataclass(frozen=True)
class _Said:
    """What an ensemble says of the rows of a record, as it is or fitted."""

    ensemble: Ensemble
    rows: Sorted
    fitted: Fitted | None

    @property
    def members(self) -> str:
        """How many runs speak."""
        ensemble = self.ensemble
        return f"{len(ensemble.members)} runs, {len(ensemble.witnesses)} with a ledger"

    @property
    def by_line(self) -> dict[tuple[str, int], Prediction]:
        """Predictions by series and line of the record."""
        return {(one.row.series, one.row.line): one for one in self.rows.predictions}

    def words(self, first: date) -> str:
        """What was fitted to what."""
        if self.fitted is None:
            return "none: nothing is learned from the record before the block"
        return f"fitted to the record before the block ({first}): {self.fitted.words}"


def _said(ensemble: Ensemble, mapping: Mapping, rows: Sequence[Row], fit: Fit | None) -> _Said:
    if fit is None:
        return _Said(ensemble, sort_rows(ensemble, mapping, rows), None)
    fitted = fit.of(ensemble)
    learned = Learned(fitted.judged, fit.settings.fresh)
    return _Said(fitted.ensemble, sort_rows(fitted.ensemble, mapping, rows, learned), fitted)


def _block(asked: Asked, scenario: Scenario, rows: Sequence[Row]) -> Block:
    first = asked.first or scenario.cutoff + timedelta(days=1)
    last = asked.last or max([row.date for row in rows] + [first])
    if last < first:
        raise usage_error(f"{last} comes before {first}", path="to")
    return Block(first, last, _known(rows, scenario))


def _known(rows: Sequence[Row], scenario: Scenario) -> list[Row]:
    """The record with what the scenario's own record adds to it, for the null models."""
    if scenario.record is None:
        return list(rows)
    own = read_record(CONFIGS / "record" / scenario.record / "public_record.csv")
    there = {(row.series, row.date, row.source) for row in rows}
    return [*rows, *(row for row in own if (row.series, row.date, row.source) not in there)]


def _point_words(study: Study, point: int) -> str:
    values = ", ".join(f"{name}={value}" for name, value in settings(study, point).items())
    return f"{point} ({values})"


def _sample(block: Block, scenario: Scenario, until: str) -> str:
    if until >= block.first.isoformat():
        return f"in sample: the prior was matched to the record up to {until}"
    if block.first > scenario.cutoff:
        return f"out of sample: the scenario is frozen at {scenario.cutoff}"
    return f"in sample: the scenario was written with the record up to {scenario.cutoff}"


def _write(study: Study, scenario: Scenario, scored: Scored) -> Path:
    """Write the three files; no picture without rows."""
    folder = study.folder / FOLDER
    context = Context(
        title="Score", experiment="", levers=scenario.levers, outcomes=OUTCOMES, series=SERIES,
        cutoff=scenario.cutoff, seed=int(study.manifest["seed"]),
        digest=str(study.manifest["hash"]), runs=int(study.manifest["runs"]),
        failed=int(study.manifest["failed"]),
        prior=prior_of(study).words,
    )  # fmt: skip
    text = scored.scores.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    files.write_text(folder / "score.csv", text)
    files.write_text(folder / "score.md", report(scored, context.footer))
    picture = folder / "calibration.png"
    picture.unlink(missing_ok=True)
    if not scored.scores["given"].all():
        files.write_bytes(picture, _drawn(scored, context))
    return folder


def _drawn(scored: Scored, context: Context) -> bytes:
    about = scored.about
    fitted = ", fitted to the record before" if scored.fitted else ""
    subtitle = f"{scored.block.first} to {scored.block.last}, {about['Sample']}{fitted}"
    buffer = io.BytesIO()
    figure = calibration(scored.scores, context, subtitle)
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()
