"""The study's figures as they stand in the page: the SVG in the address, and words beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sim.report.figures import BESIDE
from sim.report.lines import Lines

PLAIN = " /:;,=()!*@$~?+"
"""What stands in a data address as it is; the rest is written in per cents, shorter than base64."""
TAG, FINER, SHORTER = re.compile(r"<[^>]*>"), re.compile(r"(\.\d)\d+"), r"\1"


@dataclass(frozen=True)
class Picture:
    """A figure as a data address, its alternative text and its numbers as a table."""

    name: str
    address: str
    alt: str
    lines: Lines


def pictures(folder: Path) -> list[Picture]:
    """The figures in a folder in the order in which they were drawn."""
    beside = folder / BESIDE
    if not beside.is_file():
        return []
    told = json.loads(beside.read_text(encoding="utf-8"))
    return [
        Picture(name, _address(folder / f"{name}.svg"), one["alt"], Lines(**one["table"]))
        for name, one in told.items()
        if (folder / f"{name}.svg").is_file()
    ]


def _address(path: Path) -> str:
    """The picture itself as a data address, places to a tenth of a point, texts as they are."""
    text = " ".join(path.read_text(encoding="utf-8").split())
    short = TAG.sub(lambda tag: FINER.sub(SHORTER, tag[0]), text)
    return f"data:image/svg+xml,{quote(short, safe=PLAIN)}"
