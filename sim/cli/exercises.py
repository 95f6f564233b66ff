"""`python -m sim exercises`: list them, check a file, or make notebooks, cards and packs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.cli.words import printable, show
from sim.errors import usage_error

HINT = "python -m sim exercises [build [FOLDER] | FILE.yaml ...]"


def run_exercises(arguments: Sequence[str]) -> None:
    """Without words a list; `build` writes everything made from the data; a file is checked.

    Raises UsageError with every problem of a file.
    """
    from sim.exercises.build import HOME, build_all
    from sim.exercises.load import load_exercise, names

    if not arguments:
        for name in names():
            exercise = load_exercise(name)
            show(f"  {exercise.number}  {name:<26} {exercise.concept}")
        show('\nfrom sim.exercises import start; ex = start("casus_foederis", student="ada")')
    elif arguments[0] == "build":
        if len(arguments) > 2:
            raise usage_error(f"'{arguments[2]}' is not understood", hint=HINT)
        for path in build_all(Path(arguments[1]) if len(arguments) == 2 else HOME):
            show(str(path))
    else:
        for name in arguments:
            show(tried(name))


def tried(name: str) -> str:
    """What a checked exercise gives: its author sees whether there is something to learn."""
    from sim.exercises.load import load_exercise
    from sim.exercises.taught import Taught, key_words

    taught = Taught(name, load_exercise(name))
    rows = [f"  {one}: {words}" for one, words in key_words(taught)]
    found = [f"  {guess}: {number}" for guess, number in taught.numbers.items()]
    return "\n".join([f"{printable(name)}: fine; with {taught.default} its runs give",
                      *found, *rows])  # fmt: skip
