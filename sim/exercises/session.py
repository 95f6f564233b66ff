"""One student at one exercise: predict, run, compare, explain, change, make."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import UsageError, nearest
from sim.exercises import predictions
from sim.exercises.checks import Verdict, judge, plain_number
from sim.exercises.record import Record
from sim.exercises.results import Results
from sim.exercises.runs import FEW, is_compiled
from sim.exercises.shown import Note
from sim.exercises.spec import Exercise, Setting
from sim.exercises.student import Student
from sim.scenario.load import load_scenario
from sim.study import files

VERBS = (
    "ex.predict(...) first, then ex.run(); ex.check(question, answer), ex.hint(question), "
    "ex.explain(text), ex.change(value), ex.make(file), ex.done()"
)


class Session:
    """An exercise begun by a student. A wrong answer raises nothing: it says what to do."""

    def __init__(self, exercise: Exercise, student: Student, record: Record) -> None:
        self.exercise, self.student, self.record = exercise, student, record
        self.results = Results(exercise, student)
        self._hints: dict[str, int] = {}
        self._right: dict[str, bool] = {}

    def __repr__(self) -> str:
        """The task, and the student's own number."""
        lines = [f"{self.exercise.number}. {self.exercise.title}", self.exercise.goal.strip(), ""]
        lines += [f"Yours: {self.exercise.vary.meaning} {self.student.value}", "", "Predict:"]
        lines += [f"  {name}: {guess.ask}" for name, guess in self.exercise.predict.items()]
        return "\n".join([*lines, "", VERBS])

    def predict(self, *, why: object = ..., **values: object) -> Note:
        """Keep a prediction: a number for each question, and a reason. Not after the run."""
        stands = self.record.prediction
        if self.record.has_run and stands is not None:
            return Note(
                f"You have seen the result: your prediction of {stands['at']} stands. To predict "
                f"afresh, begin under another name, or move {self.record.path.name} away."
            )
        wrong = list(predictions.faults(self.exercise, values, why))
        if wrong:
            return Note("Not yet a prediction:\n  " + "\n  ".join(wrong), fine=False)
        numbers = {name: plain_number(values[name]) for name in self.exercise.predict}
        line = self.record.add("prediction", {"values": numbers, "why": str(why).strip()})
        return Note(f"Kept at {line['at']}. Now ex.run().")

    def run(self) -> Note:
        """Run all arms under the same luck and lay the prediction over the result."""
        stands = self.record.prediction
        if stands is None:
            asked = ", ".join(f"{name}=..." for name in self.exercise.predict)
            return Note(
                "First your prediction, then the runs: who has bet looks closer, right or wrong.\n"
                f'  ex.predict({asked}, why="...")',
                fine=False,
            )
        result = self.results.beside(stands["values"], engine_words())
        if not self.record.has_run:
            self.record.add("run", {"seed": self.student.seed})
        return result

    def value(self, measure: str, arm: str) -> float:
        """What your runs give for a measure in an arm, to reckon with. Raises KeyError."""
        return self.results.found(measure, arm).value

    def check(self, question: str, answer: object = ...) -> Note:
        """Whether an answer holds for your runs; after a wrong one the next hint."""
        if question not in self.exercise.questions:
            return self._no_such(question)
        if not self.record.has_run:
            return Note(f"{question}: first ex.predict(...), then ex.run().", fine=False)
        asked = self.exercise.questions[question]
        values = {arm: self.results.values(asked.measure or "", arm) for arm in asked.arms}
        verdict = judge(self.exercise, asked, values, answer)
        if verdict.right is None:
            return Note(f"{question}: {verdict.text}", fine=False)
        self.record.add("answer", {"question": question, "answer": str(answer)[:200],
                                   "right": verdict.right})  # fmt: skip
        self._right[question] = verdict.right
        return self._judged(question, verdict)

    def _judged(self, question: str, verdict: Verdict) -> Note:
        said = f" ({verdict.text})" if verdict.text else ""
        if verdict.right:
            return Note(f"{question}: right{said}. {self.exercise.questions[question].note}")
        return Note(f"{question}: not yet{said}\n{self.hint(question)}", fine=False)

    def hint(self, question: str) -> Note:
        """The next step of the ladder: the idea, then the function, then the line."""
        if question not in self.exercise.questions:
            return self._no_such(question)
        hints = self.exercise.questions[question].hints
        step = min(self._hints.get(question, 0), len(hints) - 1)
        self._hints[question] = step + 1
        return Note(f"hint {step + 1} of {len(hints)}: {hints[step]}")

    def _no_such(self, question: str) -> Note:
        near = nearest(str(question), self.exercise.questions)
        did = f"did you mean '{near}'? " if near else ""
        known = ", ".join(self.exercise.questions)
        return Note(f"there is no question '{question}'; {did}known: {known}", fine=False)

    def explain(self, text: object = ...) -> Note:
        """Keep two sentences of your own. They are for the class and never marked."""
        if not isinstance(text, str) or len(text.strip()) < predictions.LEAST_REASON:
            return Note(f"{self.exercise.explain} Two sentences are enough.", fine=False)
        self.record.add("explanation", {"text": text.strip()})
        return Note("Kept. Read it to somebody who predicted otherwise.")

    def change(self, value: Any = ..., name: str | None = None) -> Note:
        """Set one number otherwise in all arms and lay the result over the first one."""
        name = name or self.exercise.change.name
        if value is ...:
            return Note(f"{self.exercise.change.ask.strip()} Put a value for {name}.", fine=False)
        arms = self.exercise.arms.values()
        if all(name in arm.levers or name in arm.changes for arm in arms):
            return Note(f"the arms differ in {name} themselves; change another number", fine=False)
        return self._again({name: value}, None, f"{name} = {value}, in all arms")

    def make(self, file: str | Path) -> Note:
        """The first time: write a scenario of your own to edit. Then: check it and run it."""
        path = Path(file)
        if path.suffix not in (".yaml", ".yml"):
            return Note("your scenario needs a name such as mine.yaml", fine=False)
        if path.exists():
            return self._again({}, str(path), f"your scenario {path.name}, in all arms")
        original = Path(load_scenario(self.exercise.scenario).file)
        files.write_text(path, original.read_text(encoding="utf-8"))
        return Note(f"{path.name} is yours now. {self.exercise.make} Save it, and call this again.")

    def _again(self, settings: Mapping[str, Setting], file: str | None, said: str) -> Note:
        """The arms with something changed, laid over the first run."""
        if not self.record.has_run:
            return Note("first ex.predict(...), then ex.run().", fine=False)
        try:
            return Results(self.exercise, self.student, settings, file).against(self.results, said)
        except UsageError as error:
            return Note(str(error), fine=False)

    def done(self) -> Note:
        """How many checks are right, and what is left."""
        left = [name for name in self.exercise.questions if not self._right.get(name)]
        count = len(self.exercise.questions) - len(left)
        said = f"{count} of {len(self.exercise.questions)} checks right"
        return Note(f"{said}; left: {', '.join(left)}" if left else said, fine=not left)


def engine_words() -> str:
    """What there is to say of the engine: that it compiles first, or that there is none."""
    compiled = is_compiled()
    if compiled is None:
        return f"numba is missing: only {FEW} runs an arm, as Mesa agents; intervals are wide."
    if not compiled:
        print("compiling the rules once for this version, up to a minute ...")
    return ""
