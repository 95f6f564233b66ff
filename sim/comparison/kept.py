"""The folder of a comparison: beside the studies, never inside one, and made anew each time."""

from __future__ import annotations

import re
from pathlib import Path

from sim.comparison.compare import Comparison
from sim.comparison.picture import picture
from sim.comparison.tables import lines, tidy
from sim.comparison.words import READING, Both, folder, opening, sentences
from sim.errors import usage_error
from sim.report.figures.style import save
from sim.report.summary import markdown
from sim.report.wording import value_label
from sim.study import files, place

FOLDER = Path("comparisons")
TABLE, TEXT, PICTURE = "comparison.csv", "comparison.md", "differences"


def folder_of(found: Comparison) -> Path:
    """Where a comparison goes when nothing is said: named after what was compared."""
    held = {name: value for name, value in found.b.at.items() if found.a.at.get(name) == value}
    if found.a.study.folder == found.b.study.folder:
        arms = [
            ",".join(f"{k}={value_label(v)}" for k, v in side.at.items() if k not in held)
            for side in (found.a, found.b)
        ]
        stem = f"{folder(found.a)}_{'_vs_'.join(arms)}"
    else:
        stem = f"{folder(found.a)}_vs_{folder(found.b)}"
    stem += "".join(f"_at_{name}={value_label(value)}" for name, value in held.items())
    return FOLDER / re.sub(r"[^\w.=-]+", "", stem)


def refuse(out: Path) -> None:
    """Raise UsageError where a comparison would stand among other files."""
    inside = next((one for one in (out, *out.resolve().parents) if place.holds_study(one)), None)
    if inside is not None:
        raise usage_error(f"'{inside}' holds a study", path="out", hint="name a folder beside it")
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / TABLE).is_file())):
        raise usage_error(f"'{out}' holds other files", path="out", hint="name a new folder")


def keep(found: Comparison, context: Both, out: Path) -> list[Path]:
    """Write table, text and picture, and name them."""
    refuse(out)
    text = tidy(found).to_csv(index=False, lineterminator="\n", float_format="%.6g")
    files.write_text(out / TABLE, text)
    files.write_text(out / TEXT, described(found, context))
    return [out / TABLE, out / TEXT, *save(picture(found, context), out, PICTURE)]


def described(found: Comparison, context: Both) -> str:
    """The text: what was compared, tables, sentences, every setting that differs."""
    parts = ["# A and B compared", "\n".join(f"- {line.strip()}" for line in opening(found))]
    parts += [markdown(one) for one in lines(found, context)]
    parts += ["\n".join(f"- {sentence}" for sentence in sentences(found, context))]
    if found.differing:
        parts += ["## Settings that differ", "\n".join(f"- {line}" for line in found.differing)]
    parts += [f"![Differences with intervals]({PICTURE}.svg)"]
    parts += [READING.replace("reading:", "Reading:"), f"*{context.footer}*"]
    return "\n\n".join(parts) + "\n"
