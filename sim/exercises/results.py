"""The arms of an exercise as they ran for one student, and what to say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.exercises.estimates import Estimate, estimate
from sim.exercises.figure import Row, draw
from sim.exercises.load import ready
from sim.exercises.runs import ArmRuns, run_arm
from sim.exercises.shown import Result
from sim.exercises.spec import Exercise, Setting
from sim.exercises.student import Student
from sim.exercises.words import amount, footer, found_words, gap_words
from sim.scenario.levers import Lever
from sim.scenario.load import load_scenario


@dataclass
class Results:
    """The arms of a student, run when they are first asked for.

    `settings` come on top of the student's own number; `scenario` is another file to run.
    """

    exercise: Exercise
    student: Student
    settings: Mapping[str, Setting] = field(default_factory=dict)
    scenario: str | None = None
    arms: dict[str, ArmRuns] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The scenario's name or file."""
        return self.scenario or self.exercise.scenario

    @cached_property
    def levers(self) -> Mapping[str, Lever]:
        """The scenario's levers."""
        return load_scenario(self.file).levers

    def arm(self, name: str) -> ArmRuns:
        """The runs of an arm. Raises UsageError for a setting that will not do."""
        if name not in self.arms:
            given = {self.exercise.vary.name: self.student.value, **self.settings}
            made = ready(self.exercise, name, given, self.file, self.levers)
            self.arms[name] = run_arm(made, self.exercise.runs, self.student.seed)
        return self.arms[name]

    def values(self, measure: str, arm: str) -> NDArray[np.float64]:
        """A measure's number in each run of an arm."""
        return self.arm(arm).values(self.exercise.measures[measure])

    def found(self, measure: str, arm: str) -> Estimate:
        """A measure's estimate in an arm."""
        return estimate(self.values(measure, arm), self.exercise.measures[measure])

    def predicted(self) -> dict[str, Estimate]:
        """What the runs say of each number that was to be predicted."""
        asked = self.exercise.predict.items()
        return {name: self.found(guess.measure, guess.arm) for name, guess in asked}

    def rows(self, guesses: Mapping[str, float]) -> Iterator[Row]:
        """One row of the figure for each number that was to be predicted."""
        for name, guess in self.exercise.predict.items():
            measure, arm = self.exercise.measures[guess.measure], self.exercise.arms[guess.arm]
            values = self.values(guess.measure, guess.arm)
            title = f"{measure.title}: {arm.title}"
            yield Row(title, measure, guesses.get(name), estimate(values, measure), values)

    def beside(self, guesses: Mapping[str, float], said: str = "") -> Result:
        """The result with the predictions laid over it, in words and drawn."""
        return self._told(
            guesses, said, lambda row: gap_words(row.guess or 0.0, row.found, row.measure)
        )

    def against(self, before: Results, said: str) -> Result:
        """This result with an earlier one laid over it."""
        earlier = {name: one.value for name, one in before.predicted().items()}
        return self._told(
            earlier, said, lambda row: f"before {amount(row.guess or 0.0, row.measure)}"
        )

    def _told(self, marks: Mapping[str, float], said: str, mark: Callable[[Row], str]) -> Result:
        rows = list(self.rows(marks))
        foot = footer(min(row.found.n for row in rows), self._name, self.student.seed)
        lines = [said] if said else []
        for row in rows:
            words = f"{row.title}: {found_words(row.found, row.measure)}"
            lines.append(words if row.guess is None else f"{words}; {mark(row)}")
        return Result("\n".join([*lines, foot]), figure=draw(self.exercise.title, rows, foot))

    @property
    def _name(self) -> str:
        return next(iter(self.arms.values())).ready.blueprint.scenario.name
