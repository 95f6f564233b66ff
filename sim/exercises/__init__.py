"""Predict-first exercises: data in `configs/exercise`, one runner, and a pack for the teacher.

>>> from sim.exercises import start
>>> ex = start("casus_foederis", student="ada")
>>> ex.run()
First your prediction, then the runs: who has bet looks closer, right or wrong.
  ex.predict(disputed=..., recognised=..., why="...")
"""

from __future__ import annotations

from pathlib import Path

from sim.exercises.load import load_exercise
from sim.exercises.record import open_record
from sim.exercises.session import Session
from sim.exercises.student import student_of

__all__ = ["Session", "start"]


def start(name: str, student: str, folder: str | Path = "predictions") -> Session:
    """Begin an exercise, by name or by the path of a YAML file, or go on with it.

    Seed and one number are derived from the student's name; predictions and answers are kept in
    `folder`. Raises UsageError for an unknown exercise, a faulty file, or no name.
    """
    exercise = load_exercise(name)
    stem = Path(name).stem
    who = student_of(stem, exercise, student)
    return Session(exercise, who, open_record(Path(folder), stem, who))
