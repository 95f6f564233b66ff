"""Everything that is made from the exercises' data: notebooks, cards, packs, sheets, figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.exercises import card, pack
from sim.exercises.load import load_exercise, names
from sim.exercises.notebook import notebook
from sim.exercises.sheet import dots
from sim.exercises.taught import Taught
from sim.exercises.words import footer
from sim.report.figures.style import save
from sim.study import files

HOME = Path("notebooks/exercises")
TEACHERS = "teachers"


def for_students(name: str) -> Iterator[tuple[str, str]]:
    """The stripped notebook and the card: file names and texts. No run is made."""
    exercise = load_exercise(name)
    stem = card.stem(name, exercise)
    yield f"{stem}.ipynb", notebook(name, exercise)
    yield f"{stem}.md", card.card(name, exercise)


def for_teachers(taught: Taught) -> Iterator[tuple[str, str]]:
    """The solved notebook, the pack and the sheet without computers."""
    exercise = taught.exercise
    stem = card.stem(taught.name, exercise)
    solved = notebook(taught.name, exercise, taught.told(exercise.teacher.answers[0]))
    yield f"{TEACHERS}/{stem}_solved.ipynb", solved
    yield f"{TEACHERS}/{stem}_pack.md", pack.pack(taught)
    yield f"{TEACHERS}/{stem}_paper.md", pack.paper(taught)


def build(name: str, home: Path = HOME) -> list[Path]:
    """Write all files of an exercise, and name them."""
    taught = Taught(name, load_exercise(name))
    written = []
    for file, text in [*for_students(name), *for_teachers(taught)]:
        files.write_text(home / file, text)
        written.append(home / file)
    return [*written, draw(taught, home)]


def build_all(home: Path = HOME) -> Iterator[Path]:
    """Write all files of all exercises."""
    for name in names():
        yield from build(name, home)


def draw(taught: Taught, home: Path) -> Path:
    """The dot plots for paper."""
    exercise, results = taught.exercise, taught.results
    rows = list(results.rows({}))
    foot = footer(exercise.runs, exercise.scenario, results.student.seed, error="")
    words = "Each dot is an equally likely future of the model; full: it happened. "
    figure = dots(exercise.title, rows, words + foot)
    folder = home / TEACHERS / "figures"
    png, svg = save(figure, folder, card.stem(taught.name, exercise))
    svg.unlink()
    return png
