"""`python -m sim new FILE.yaml`: a scenario of one's own to start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.cli.words import show
from sim.errors import usage_error
from sim.scenario.places import CONFIGS

USAGE = "python -m sim new my_scenario.yaml"
STARTER = CONFIGS / "starter.yaml"


def run_new(arguments: Sequence[str]) -> None:
    """Write the starter scenario to a new file. Raises UsageError; writes over nothing."""
    if len(arguments) != 1:
        raise usage_error(f"new needs one file, not {len(arguments)}", hint=USAGE)
    file = Path(arguments[0])
    if file.suffix not in (".yaml", ".yml"):
        raise usage_error(f"'{file}' does not end in .yaml", hint=USAGE)
    if not file.parent.is_dir():
        raise usage_error(f"there is no folder '{file.parent}'", hint=USAGE)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(STARTER.read_text(encoding="utf-8"))
    except FileExistsError:
        raise usage_error("is there already, and was left as it is", file=str(file)) from None
    show(
        f"Wrote   {file}   (three invented states; every line may be changed)\n"
        f"Next    python -m sim check {file}\n"
        f"        python -m sim scenario={file} guarantor.size=0,3000,6000 replicates=200"
    )
