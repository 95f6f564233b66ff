"""What differs from student to student: a seed and one number, derived from the name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sim.errors import usage_error
from sim.exercises.spec import Exercise, Value

LONGEST_NAME = 200


@dataclass(frozen=True)
class Student:
    """A student's luck and variant. `key` is the name as a file may be called by it."""

    name: str
    key: str
    seed: int
    value: Value


def student_of(exercise_name: str, exercise: Exercise, name: object) -> Student:
    """Seed and variant from SHA-256 of exercise and name, whatever capitals and spaces.

    Raises UsageError for what is not a name.
    """
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise usage_error("student needs a name", hint='start("casus_foederis", student="ada")')
    plain = " ".join(name.casefold().split())
    digest = hashlib.sha256(f"{exercise_name}\n{plain}".encode()).hexdigest()
    word = "_".join(re.findall(r"[a-z0-9]+", plain))[:40]
    values = exercise.vary.values
    return Student(
        name=name.strip(),
        key=f"{word}_{digest[:6]}" if word else digest[:6],
        seed=int(digest[6:14], 16),
        value=values[int(digest[14:22], 16) % len(values)],
    )
