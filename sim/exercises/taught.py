"""The runs that a teacher's texts speak of: one seed, every number that a student may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sim.exercises.checks import judge, target
from sim.exercises.estimates import Estimate, block_range
from sim.exercises.results import Results
from sim.exercises.spec import Exercise, Measure, Question, Value
from sim.exercises.student import Student
from sim.exercises.words import amount

SEED = 2031
"""The seed of all numbers that a teacher is told."""


@dataclass
class Taught:
    """An exercise, by name, with its runs."""

    name: str
    exercise: Exercise

    def with_number(self, value: Value) -> Results:
        """The runs of a student who has this number."""
        return Results(self.exercise, Student("class", "class", SEED, value))

    @property
    def default(self) -> Value:
        """The number that texts speak of: the one in the middle."""
        values = self.exercise.vary.values
        return values[len(values) // 2]

    @cached_property
    def results(self) -> Results:
        """The runs of the default number."""
        return self.with_number(self.default)

    @cached_property
    def changed(self) -> Results:
        """The same after the exercise's change."""
        change, student = self.exercise.change, self.results.student
        return Results(self.exercise, student, {change.name: change.value})

    def all_results(self) -> Iterator[tuple[Value, dict[str, Estimate]]]:
        """For each number a student may have, the result of each prediction."""
        for value in self.exercise.vary.values:
            results = self.results if value == self.default else self.with_number(value)
            yield value, results.predicted()

    def measure(self, guess: str) -> Measure:
        """The measure of a prediction."""
        return self.exercise.measures[self.exercise.predict[guess].measure]

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The result of each prediction, as a text may name it: bare where it is in 100."""
        return {
            name: amount(found.value, self.measure(name)).removesuffix(" in 100")
            for name, found in self.results.predicted().items()
        }

    def told(self, text: str) -> str:
        """A text with the results that it names. Raises KeyError for a name without a result."""
        return text.strip().format_map(self.numbers)


def key_words(taught: Taught) -> Iterator[tuple[str, str]]:
    """What each check asks for, and what the default runs say to it."""
    for name, question in taught.exercise.questions.items():
        yield name, _key(taught, question)


def _key(taught: Taught, question: Question) -> str:
    if question.kind == "choice":
        return f"{question.answer}) {question.options[question.answer]}"  # type: ignore[index]
    assert question.measure is not None
    measure = taught.exercise.measures[question.measure]
    values = {arm: taught.results.values(question.measure, arm) for arm in question.arms}
    if question.kind == "number":
        found = target(question, measure, values)
        return f"{found.value:,.3g} (within {question.slack + found.half:.2g} counts as right)"
    if question.kind == "interval":
        low, high, classes = block_range(values[question.arms[0]], question.block)
        return f"{low:.0f} to {high:.0f} in 100, over {classes} classes of {question.block}"
    listed = isinstance(question.answer, tuple)
    answer = list(question.answer) if listed else question.answer
    words = ", ".join(question.answer) if listed else str(question.answer)
    verdict = judge(taught.exercise, question, values, answer)
    doubt = "" if verdict.right else "NOT what the runs show: "
    return f"{words} ({doubt}{verdict.text})"
