"""The teacher's pack and the sheet without computers: templates filled from data and runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.documentation.markdown import bullets, code, table
from sim.exercises import card
from sim.exercises.spec import Exercise, Quiz, Role
from sim.exercises.taught import SEED, Taught, key_words
from sim.exercises.words import found_words
from sim.report.context import NEVER_A_FORECAST

FOLDER = Path(__file__).parent


def pack(taught: Taught) -> str:
    """The teacher's pack as Markdown; every number in it comes from runs or from the data."""
    exercise, teacher = taught.exercise, taught.exercise.teacher
    told = taught.told
    return template("pack").format(
        **heading(exercise),
        concept=exercise.concept,
        goal=exercise.goal.strip(),
        runs=exercise.runs,
        seed=SEED,
        table=results_table(taught),
        default=f"{exercise.vary.meaning}: {taught.default}",
        key=bullets(f"{name}: {words}" for name, words in key_words(taught)),
        change=exercise.change.ask.strip(),
        change_name=exercise.change.name,
        change_value=exercise.change.value,
        changed=bullets(changed(taught)),
        plan_20=told(teacher.plans["20"]),
        plan_50=told(teacher.plans["50"]),
        plan_90=told(teacher.plans["90"]),
        quiz="\n\n".join(quiz_lines(teacher.quiz)),
        quiz_key=bullets(key_lines(teacher.quiz)),
        roles="\n\n---\n\n".join(role_lines(teacher.roles)),
        wrong=bullets(map(told, teacher.goes_wrong)),
        explain=exercise.explain.strip(),
        answers=bullets(map(told, teacher.answers)),
        debrief=bullets(exercise.debrief),
        limits=bullets(exercise.limits),
    )


def paper(taught: Taught) -> str:
    """The sheet for a lesson without computers."""
    exercise = taught.exercise
    stem = card.stem(taught.name, exercise)
    asked = [f"{guess.ask} ______" for guess in exercise.predict.values()]
    found = list(changed_rows(taught))
    return template("paper").format(
        **heading(exercise),
        story=card.story(exercise),
        kept=card.KEPT,
        predict=bullets([*asked, "Why? ______"]),
        paper=bullets(map(taught.told, exercise.teacher.paper)),
        stem=stem,
        alt="Dot plots: " + "; ".join(found),
        found=bullets(found),
        debrief=bullets(exercise.debrief),
        limits=bullets(exercise.limits),
    )


def template(name: str) -> str:
    """A template beside this file."""
    return (FOLDER / f"{name}.template.md").read_text(encoding="utf-8")


def heading(exercise: Exercise) -> dict[str, object]:
    """What stands at the head of both."""
    return {
        "number": exercise.number,
        "title": exercise.title,
        "made": card.MADE,
        "never": NEVER_A_FORECAST,
    }


def results_table(taught: Taught) -> str:
    """The result of each prediction for each number that a student may have."""
    exercise = taught.exercise
    header = [exercise.vary.meaning, *(code(name) for name in exercise.predict)]
    rows = [
        [value, *(found_words(one, taught.measure(name)) for name, one in results.items())]
        for value, results in taught.all_results()
    ]
    return table(header, rows)


def changed_rows(taught: Taught) -> Iterator[str]:
    """The results of the default row, one sentence each."""
    for row in taught.results.rows({}):
        yield f"{row.title}: {found_words(row.found, row.measure)}"


def changed(taught: Taught) -> Iterator[str]:
    """The results after the change, beside those before."""
    for before, after in zip(taught.results.rows({}), taught.changed.rows({}), strict=True):
        words = found_words(before.found, before.measure)
        yield f"{after.title}: {found_words(after.found, after.measure)}, before {words}"


def quiz_lines(quiz: Iterable[Quiz]) -> Iterator[str]:
    """The questions with their options."""
    for number, one in enumerate(quiz, 1):
        options = "\n".join(f"   - {letter}) {text}" for letter, text in turned(number, one))
        yield f"{number}. {one.ask}\n{options}"


def key_lines(quiz: Iterable[Quiz]) -> Iterator[str]:
    """The key with reasons."""
    for number, one in enumerate(quiz, 1):
        right = one.options[one.answer]
        letter = next(letter for letter, text in turned(number, one) if text == right)
        yield f"{number} {letter}). {one.why} ({code(one.rule)})"


def turned(number: int, one: Quiz) -> list[tuple[str, str]]:
    """The options, turned by the question's number, so that no letter is right more often."""
    texts = list(one.options.values())
    turn = number % len(texts)
    return list(zip(one.options, texts[turn:] + texts[:turn], strict=True))


def role_lines(roles: Iterable[Role]) -> Iterator[str]:
    """The sheets of the roles."""
    for role in roles:
        yield f"**{role.who}**\n\n{role.text.strip()}"
