"""The job of `python -m sim score`: a study and a record become scores, a text and a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sim.errors import usage_error
from sim.outcomes import OUTCOMES, SERIES
from sim.report.context import Context
from sim.scenario.places import CONFIGS
from sim.scenario.spec import Scenario
from sim.scoring.ensemble import ensemble_of, scenario_of
from sim.scoring.mapping import load_mapping, mapping_file
from sim.scoring.no_treaty import without_treaty
from sim.scoring.picture import calibration
from sim.scoring.point import choose, settings
from sim.scoring.predict import refuse_small, sort_rows
from sim.scoring.record import Row, read_record
from sim.scoring.scores import Block, score_rows
from sim.scoring.telling import Scored, report
from sim.study import files
from sim.study.store import Study, load

DPI = 150
FOLDER = "score"


@dataclass(frozen=True)
class Asked:
    """What `score` was asked for; None where the default is meant."""

    study: str
    record: str
    first: date | None = None
    last: date | None = None
    point: int | None = None
    mapping: str | None = None


def score(asked: Asked) -> tuple[Scored, Path]:
    """Score a study and write score.csv, score.md and calibration.png into its folder score/.

    The block begins, when nothing else is said, on the day after the scenario's cut-off, and
    ends with the record. UsageError before anything is written.
    """
    study, rows = load(asked.study), read_record(asked.record)
    scenario = scenario_of(study)
    file = asked.mapping or mapping_file(scenario.record)
    mapping = load_mapping(file, scenario.states)
    point = choose(study, asked.point)
    block = _block(asked, scenario, rows)
    ensemble = ensemble_of(study, point)
    sorted_rows = sort_rows(ensemble, mapping, rows)
    refuse_small(sorted_rows.predictions)
    inside = [row for row in rows if block.holds(row.date)]
    bare, origin = without_treaty(study, point) if inside else (None, "not needed")
    others = [] if bare is None else sort_rows(bare, mapping, rows).predictions
    beside = {(one.row.series, one.row.line): one for one in others}
    scored = Scored(
        score_rows(sorted_rows.predictions, beside, ensemble, mapping, block),
        [one for one in sorted_rows.left if block.holds(one[0].date)],
        block,
        len(rows) - len(inside),
        {
            "Study": str(study.manifest["hash"])[:8],
            "Point": _point_words(study, point),
            "Members": f"{len(ensemble.members)} runs, {len(ensemble.witnesses)} with a ledger",
            "Record": f"{Path(asked.record).name}, {len(rows)} rows",
            "Sample": _sample(block, scenario),
            "No treaty": origin,
        },
    )
    return scored, _write(study, scenario, scored)


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


def _sample(block: Block, scenario: Scenario) -> str:
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
    subtitle = f"{scored.block.first} to {scored.block.last}, {about['Sample']}"
    buffer = io.BytesIO()
    figure = calibration(scored.scores, context, subtitle)
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()
