"""The notebook of an exercise, solved or stripped, from one list of cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from sim.exercises import card
from sim.exercises.spec import Exercise, Question

LINE = 88
SOLVER = "teacher"
"""The student of the solved notebooks."""
LADDER = "After a wrong answer comes a hint: first an idea, then a function, then the line."


class Cell(NamedTuple):
    """A cell: text, or code with the line that solves it (the same where nothing is to solve)."""

    kind: str
    stripped: str
    solved: str


def text(words: str) -> Cell:
    """A cell to read."""
    return Cell("markdown", words, words)


def code(stripped: str, solved: str | None = None) -> Cell:
    """A cell to run; `solved` holds the answers."""
    return Cell("code", stripped, stripped if solved is None else solved)


def cells(name: str, exercise: Exercise, answer: str) -> Iterator[Cell]:
    """All cells; `answer` is a model answer to the explanation."""
    yield text(card.head(exercise))
    yield text(card.story(exercise))
    begin = 'from sim.exercises import start\n\nex = start("{}", student="{}")\nex'
    yield code(begin.format(name, "your name"), begin.format(name, SOLVER))
    yield text(f"## Predict\n\n{card.KEPT}\n\n{card.asked(exercise)}")
    yield code(*_predict(exercise))
    yield text("## Run")
    yield code("ex.run()")
    yield text(f"## Compare\n\n{card.SEEN}")
    yield text(f"## Explain\n\n{exercise.explain.strip()}")
    yield code("ex.explain(...)", f"ex.explain(\n{quoted(answer)}\n)")
    yield text(f"## Change\n\n{exercise.change.ask.strip()} (`{exercise.change.name}`)")
    yield code("ex.change(...)", f"ex.change({exercise.change.value!r})")
    yield text(f"## Make\n\n{exercise.make.strip()}")
    yield code('ex.make("mine.yaml")')
    yield text(
        "## Check yourself\n\nAfter a wrong answer comes a hint: an idea, a function, a line."
    )
    for key, question in exercise.questions.items():
        yield text(f"**{key}** {card.ask(question)}")
        yield code(f'ex.check("{key}", ...)', solution(question))
    yield code("ex.done()")
    yield text(card.end(exercise))


def _predict(exercise: Exercise) -> tuple[str, str]:
    blank = "".join(f"    {name}=...,\n" for name in exercise.predict)
    told = "".join(f"    {name}={guess.example:g},\n" for name, guess in exercise.predict.items())
    why = '    why="a first thought, before any run",\n'
    return f"ex.predict(\n{blank}    why=...,\n)", f"ex.predict(\n{told}{why})"


def quoted(words: str) -> str:
    """A long text as lines of a string."""
    lines = wrap(words, LINE, drop_whitespace=False)
    return "\n".join(f"    {json.dumps(line, ensure_ascii=False)}" for line in lines)


def solution(question: Question) -> str:
    """The lines that solve a question: the last step of its hints, without what is added to it."""
    line = question.hints[2]
    if question.kind == "choice":
        line = line.split(": ", 1)[0]
    return line.replace("; ", "\n")


def notebook(name: str, exercise: Exercise, answer: str | None = None) -> str:
    """The notebook as JSON, without outputs; solved when there is a model answer to put in."""
    listed = cells(name, exercise, answer or "")
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": [_cell(number, cell, answer is not None) for number, cell in enumerate(listed)],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, cell: Cell, solved: bool) -> dict[str, object]:
    words = cell.solved if solved else cell.stripped
    made: dict[str, object] = {"cell_type": cell.kind, "id": f"cell-{number:02d}", "metadata": {}}
    if cell.kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return {**made, "source": words.splitlines(keepends=True)}
