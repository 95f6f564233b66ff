"""What a student has said: predictions and answers with their time, one small file a student."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.errors import usage_error
from sim.exercises.student import Student
from sim.study import files


@dataclass
class Record:
    """The file of one student and exercise; `prediction` is the one that stands."""

    path: Path
    head: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def prediction(self) -> dict[str, Any] | None:
        """The last prediction; none is taken after the first run."""
        found = [line for line in self.lines if line["what"] == "prediction"]
        return found[-1] if found else None

    @property
    def has_run(self) -> bool:
        """Whether the student has seen the result."""
        return any(line["what"] == "run" for line in self.lines)

    def add(self, what: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Keep one more line with the time in UTC. Raises OSError where it cannot be written."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"what": what, "at": now, **content}
        whole = {**self.head, "lines": [*self.lines, line]}
        files.write_text(self.path, json.dumps(whole, indent=1, ensure_ascii=False) + "\n")
        self.lines.append(line)
        return line


def open_record(folder: Path, exercise: str, student: Student) -> Record:
    """The record of a student, read from disk where there is one.

    Raises UsageError, naming the file, when it is not such a record.
    """
    path = folder / f"{exercise}_{student.key}.json"
    head = {
        "exercise": exercise, "student": student.name, "seed": student.seed, "value": student.value
    }  # fmt: skip
    if not path.exists():
        return Record(path, head)
    try:
        lines = json.loads(path.read_text(encoding="utf-8"))["lines"]
        fine = all(isinstance(line["what"], str) and isinstance(line["at"], str) for line in lines)
        fine = fine and all(
            isinstance(line["values"], dict) for line in lines if line["what"] == "prediction"
        )
    except (ValueError, KeyError, TypeError):
        fine, lines = False, []
    if not fine:
        hint = "move the file away to begin anew"
        raise usage_error("is not a record of predictions", file=str(path), hint=hint)
    return Record(path, head, lines)
