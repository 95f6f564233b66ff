"""What an exercise file may say: data only, so that a teacher writes one without Python."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.rules.escalation import SEVERITIES
from sim.rules.ledger import KINDS
from sim.scenario.fields import Id, Item

Value = float | int | str
Setting = Value | bool | date | tuple[str, ...]
Text = Annotated[str, Field(min_length=1)]
Few = Annotated[tuple[Text, ...], Field(min_length=1)]


class Arm(Item):
    """One way in which the world is set: levers by name, other numbers by their path."""

    title: Text
    levers: dict[str, Value] = {}
    changes: dict[str, Setting] = {}


class Vary(Item):
    """The one number that differs from student to student: a lever, or a path of the scenario."""

    name: Text
    values: Annotated[tuple[Value, ...], Field(min_length=2)]
    meaning: Text


class Measure(Item):
    """A number of each run: an outcome (or a sum of several), or lines of the ledger counted.

    `statistic`: `share` of runs in 100 with at least `at_least`, or with more than the mean
    (`above_mean`), or the `mean` or `median` over runs.
    """

    title: Text
    statistic: Literal["share", "above_mean", "mean", "median"]
    unit: str = "in 100"
    outcomes: tuple[str, ...] = ()
    event: Literal[KINDS] | None = None  # type: ignore[valid-type]
    actor: Id | None = None
    severity: Literal[SEVERITIES] | None = None  # type: ignore[valid-type]
    at_least: float = 1.0

    @model_validator(mode="after")
    def _one_source(self) -> Measure:
        if bool(self.outcomes) == bool(self.event):
            raise ValueError("needs either outcomes or an event")
        return self

    @property
    def counts_runs(self) -> bool:
        """Whether it is a number of runs in 100."""
        return self.statistic in ("share", "above_mean")


class Guess(Item):
    """A number to be predicted: a measure in an arm, with what a first thought might say."""

    measure: Id
    arm: Id
    ask: Text
    example: float


class Question(Item):
    """A check. `hints`: a concept, the function, the line.

    direction: does the measure rise, fall or stay from the first arm to the second? order: the
    arms from most to least. number: the difference (or ratio) from the first arm to the second,
    or of one arm. interval: between which two numbers do nine in ten classes of `block` runs lie?
    choice: a letter.
    """

    ask: Text
    kind: Literal["direction", "order", "number", "interval", "choice"]
    hints: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    note: Text
    measure: Id | None = None
    arms: tuple[Id, ...] = ()
    ratio: bool = False
    slack: Annotated[float, Field(ge=0)] = 0.0
    block: Annotated[int, Field(ge=0, le=100)] = 0
    answer: str | tuple[str, ...] = ""
    options: dict[Literal["a", "b", "c", "d"], Text] = {}

    @model_validator(mode="after")
    def _whole(self) -> Question:
        if self.kind == "choice":
            if self.answer not in self.options:
                raise ValueError("the answer of a choice is the letter of an option")
            return self
        least = 1 if self.kind in ("number", "interval") else 2
        if self.measure is None or len(self.arms) < least:
            raise ValueError(f"{self.kind} needs a measure and at least {least} arms")
        if self.kind in ("direction", "order") and not self.answer:
            raise ValueError(f"{self.kind} needs an answer, which the runs must bear out")
        if self.kind == "interval" and self.block < 2:
            raise ValueError("interval needs a block of runs")
        return self


class Quiz(Item):
    """A question on the rules, before any run; `rule` names the function, `file.name`."""

    ask: Text
    options: dict[Literal["a", "b", "c", "d"], Text]
    answer: Literal["a", "b", "c", "d"]
    why: Text
    rule: Text


class Role(Item):
    """Who a student may be, what is known and wanted."""

    who: Text
    text: Text


class Teacher(Item):
    """What only the teacher's pack holds; `paper`: how to play it with dice or lots."""

    plans: dict[Literal["20", "50", "90"], Text]
    quiz: Annotated[tuple[Quiz, ...], Field(min_length=5, max_length=5)]
    roles: Annotated[tuple[Role, ...], Field(min_length=2)]
    goes_wrong: Few
    answers: Annotated[tuple[Text, ...], Field(min_length=2, max_length=3)]
    paper: Few


class Change(Item):
    """One number to change, with a value to begin with."""

    ask: Text
    name: Text
    value: Value


class Exercise(Item):
    """An exercise, whole. In texts of `teacher`, {name} is the result of that guess."""

    number: Annotated[int, Field(ge=1, le=99)]
    title: Text
    concept: Text
    goal: Text
    before: Text
    needs: Text
    story: Text
    you_are: Text
    scenario: str = "two_rivals"
    runs: Annotated[int, Field(ge=20, le=2000)] = 500
    given: dict[str, Setting] = {}
    vary: Vary
    arms: Annotated[dict[Id, Arm], Field(min_length=1, max_length=5)]
    measures: Annotated[dict[Id, Measure], Field(min_length=1)]
    predict: Annotated[dict[Id, Guess], Field(min_length=1, max_length=5)]
    questions: Annotated[dict[Id, Question], Field(min_length=2, max_length=6)]
    explain: Text
    change: Change
    make: Text
    debrief: Few
    limits: Few
    sources: Few
    teacher: Teacher
