"""Faults that befall studies, and what the user then sees; `python tests/faults.py` prints the table.

Each row spoils a small finished study, in the folder `study`, and asks for something. What is then
said is put down in `docs/reference/faults.md` as it was said; a test compares.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCENARIO = ROOT / "tests" / "hostile" / "fine.yaml"
WORDS = (f"scenario={SCENARIO}", "size=0,100", "engine=mesa", "workers=1")
STUDY = (*WORDS, "replicates=6", "out=study")
NOTHING = "spoils nothing"


@dataclass(frozen=True)
class Fault:
    """What befalls a study, what is then asked, the exit status, and words of what is said."""

    what: str
    words: tuple[str, ...]
    status: int
    said: str
    spoil: Callable[[Path], object] = lambda study: NOTHING


def manifest(**values: object) -> Callable[[Path], object]:
    """Sets values in manifest.json, as a program of another version would have."""

    def spoil(study: Path) -> None:
        path = study / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return spoil


def older_numpy(study: Path) -> None:
    path = study / "manifest.json"
    about = json.loads(path.read_text())
    about["versions"]["numpy"] = "0.1"
    path.write_text(json.dumps(about))


def text(name: str, content: str) -> Callable[[Path], object]:
    return lambda study: (study / name).write_text(content)


def changed(name: str, old: str, new: str) -> Callable[[Path], object]:
    def spoil(study: Path) -> None:
        path = study / name
        before = path.read_text()
        assert old in before, (name, old)
        path.write_text(before.replace(old, new, 1))

    return spoil


def cut(name: str) -> Callable[[Path], object]:
    return lambda study: os.truncate(study / name, 900)


def flipped(name: str) -> Callable[[Path], object]:
    def spoil(study: Path) -> None:
        content = bytearray((study / name).read_bytes())
        content[500] ^= 1
        (study / name).write_bytes(bytes(content))

    return spoil


def gone(name: str) -> Callable[[Path], object]:
    return lambda study: (study / name).unlink()


def beside(name: str, content: str) -> Callable[[Path], object]:
    return lambda study: (study.parent / name).write_text(content)


def without_last_line(study: Path) -> None:
    path = study / "parts.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


PART = "runs/part-000000.parquet"
RESUME, TOPUP, COMPARE = ("resume", "study"), ("topup", "study"), ("compare", "study", "size=0:100")
FAULTS = [
    Fault(
        "the folder named is a file", (*WORDS, "out=file"), 2, "it is a file", beside("file", "")
    ),
    Fault(
        "the folder named holds other things",
        (*WORDS, "out=."),
        2,
        "holds no study",
        beside("thesis.txt", "mine"),
    ),
    Fault("the folder named cannot be made", (*WORDS, "out=/proc/study"), 2, "cannot be used"),
    Fault("the folder holds a study of another seed", (*STUDY, "seed=2"), 2, "seed is 1 there"),
    Fault(
        "the folder holds a study of other levers",
        (*WORDS[:1], "size=0,200", *WORDS[2:], "replicates=6", "out=study"),
        2,
        "levers",
    ),
    Fault(
        "more replicates are asked into the folder",
        (*STUDY[:-2], "replicates=9", "out=study"),
        2,
        "topup",
    ),
    Fault("the rules have changed", RESUME, 2, "rules is 1-0 there", manifest(rules="1-0")),
    Fault("an engine that is none made it", RESUME, 2, "no engine", manifest(engine="compilde")),
    Fault(
        "another NumPy made it",
        RESUME,
        2,
        "numpy is 0.1 there",
        older_numpy,
    ),
    Fault("an older version wrote its format", RESUME, 2, "format 1", manifest(schema=1)),
    Fault("its manifest is gone", RESUME, 2, "no study", gone("manifest.json")),
    Fault("its manifest is cut short", RESUME, 2, "cannot be read", text("manifest.json", "{")),
    Fault(
        "its configuration was edited",
        RESUME,
        2,
        "configuration is",
        changed("config.yaml", "seed: 1", "seed: 7"),
    ),
    Fault("its configuration is no YAML", RESUME, 2, "config.yaml", text("config.yaml", "a: [")),
    Fault("a part is cut short", COMPARE, 2, "its checksum is another", cut(PART)),
    Fault(
        "a part was tampered with, by one bit", COMPARE, 2, "its checksum is another", flipped(PART)
    ),
    Fault("a part is gone", COMPARE, 2, "cannot be read", gone(PART)),
    Fault("a damaged part, resumed", RESUME, 0, "Done", flipped(PART)),
    Fault(
        "the list of parts lost its last line", COMPARE, 2, "not accounted for", without_last_line
    ),
    Fault("the list of parts is rubbish", COMPARE, 2, "damaged", text("parts.jsonl", "x\ny\n")),
    Fault("the list of parts is rubbish, resumed", RESUME, 0, "Done", text("parts.jsonl", "x\n")),
    Fault(
        "the table of points was edited",
        COMPARE,
        2,
        "its checksum is another",
        flipped("points.parquet"),
    ),
    Fault("there is no such study", ("resume", "nowhere"), 2, "no study in 'nowhere'"),
    Fault("`latest` without any study", ("resume", "latest"), 2, "no study"),
    Fault("topup to fewer replicates", (*TOPUP, "replicates=3"), 2, "takes none away"),
    Fault("topup without a number", TOPUP, 2, "how many"),
    Fault("topup of a damaged part", (*TOPUP, "replicates=8"), 0, "Done", cut(PART)),
    Fault("no workers", (*STUDY[:3], "workers=0", "out=new"), 2, "from 1 to 256"),
    Fault("an executor that is none", (*WORDS, "executor=thread", "out=new"), 2, "threads"),
    Fault(
        "a scheduler without Dask",
        (*WORDS, "executor=threads", "scheduler=tcp://x:1", "out=new"),
        2,
        "scheduler",
    ),
    Fault("a chunk of no run", (*WORDS, "chunk=0", "out=new"), 2, "chunk"),
    Fault(
        "a table of points that is not there",
        (*WORDS[:1], "design=points.csv", "out=new"),
        2,
        "points.csv",
    ),
    Fault(
        "a table of points with a wrong lever",
        (*WORDS[:1], "design=points.csv", "out=new"),
        2,
        "did you mean",
        beside("points.csv", "siz\n1\n"),
    ),
    Fault(
        "a table of points out of range",
        (*WORDS[:1], "design=points.csv", "out=new"),
        2,
        "out of range",
        beside("points.csv", "size\n-4\n"),
    ),
    Fault("more runs than can be", (*WORDS, "replicates=100000000", "out=new"), 2, "10,000,000"),
    Fault("a run that is not in it", ("why", "study", "--run", "99"), 2, "not in the study"),
    Fault("a comparison of an arm never run", ("compare", "study", "size=0:7"), 2, "7"),
]


def said(study: Path, fault: Fault) -> tuple[int, str]:
    """The exit status and all that is said, without the places of this machine."""
    from sim.cli import main

    folder = Path.cwd()
    shutil.copytree(study, folder / "study")
    fault.spoil(folder / "study")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = main(fault.words)
    told = out.getvalue().replace(str(SCENARIO), "fine.yaml").replace(f"{folder}/", "")
    told = told.replace(str(folder), ".").replace(f"{ROOT}/", "")
    return status, told


def first_words(status: int, told: str) -> str:
    """The message of an error; of what goes well the line that says how it went on."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if status:
        start = next(place for place, line in enumerate(lines) if line.startswith("error"))
        return " ".join(lines[start:])
    going = [line for line in lines if line.startswith("going on")]
    return "; ".join([*going, "ends as if nothing had happened"])


def steady(told: str) -> str:
    """A message without what differs from machine to machine: hashes, versions, dates."""
    told = re.sub(r"\b[0-9a-f]{8,64}\b", "…", told)
    told = re.sub(r"(and) [^ ]+ here", r"\1 … here", told)
    return told.replace("|", "\\|")


def made(folder: Path) -> Path:
    """A small finished study."""
    from sim.cli import main

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main((*STUDY[:-1], f"out={folder / 'study'}")) == 0
    return folder / "study"


HEAD = """# Faults, and what the user sees

Printed by `python tests/faults.py`; each row is a test (`tests/test_faults.py`), which spoils a small
finished study in the folder `study`, asks, and compares. Exit status 2 is wrong usage, 0 says that all
went well; nothing is lost in any of them. `…` stands for hashes and versions.

| what befell it | asked | status | what is said |
|---|---|---:|---|
"""
HELD = """
Faults that need other processes, a full disk or a clock of their own are held by tests of their own:

| what befell it | what the user sees | test |
|---|---|---|
"""
ELSEWHERE = [
    (
        "killed with -9, at 20 random instants",
        "`resume`, or the same command, ends in the same bytes",
        "test_a_killed_study_ends_in_the_same_bytes",
    ),
    (
        "Ctrl-C",
        "what is finished is kept, how to go on is told, exit status 130",
        "test_ctrl_c_keeps_what_is_finished",
    ),
    (
        "killed during a topup",
        "`resume` ends in the same bytes",
        "test_a_topup_that_stopped_goes_on",
    ),
    (
        "a disk that is really full",
        "No space left on device, how to go on, exit status 1",
        "test_a_disk_that_is_really_full",
    ),
    (
        "a folder that cannot be written",
        "one message, nothing lost",
        "test_a_read_only_folder_is_one_message",
    ),
    (
        "two processes on one folder",
        "in use by process N since …, exit status 2",
        "test_a_second_process_is_told_of_the_first",
    ),
    ("two studies started in the same second", "two folders", "test_two_in_one_second"),
    (
        "a killed process held the lock",
        "the next one goes on",
        "test_a_killed_holder_does_not_block",
    ),
    (
        "a run raises an error",
        "a row with the error, and the command that runs it alone",
        "test_a_run_that_raises_is_a_row",
    ),
    (
        "every run fails",
        "still a study; exit status 1",
        "test_when_every_run_failed_it_still_says_so",
    ),
    (
        "a worker dies",
        "its chunk is run again; the same bytes",
        "test_a_worker_that_dies_costs_nothing_but_time",
    ),
    (
        "a run kills its worker each time",
        "that run is a failed row, the others are fine",
        "test_a_run_that_kills_its_worker_is_a_failed_row",
    ),
    ("a killed Dask worker", "the same bytes", "test_a_killed_dask_worker_changes_no_byte"),
    (
        "a Dask worker with other rules",
        "refused, with what differs; nothing lost",
        "test_a_dask_worker_of_other_rules_is_refused",
    ),
    (
        "the Dask scheduler is gone",
        "what is finished is kept, how to go on is told",
        "test_a_lost_scheduler_keeps_what_is_finished",
    ),
    (
        "a lost SLURM job",
        "given again; the same bytes",
        "test_slurm_gets_jobs_and_a_lost_one_is_given_again",
    ),
    (
        "rows that come out otherwise in a topup",
        "refused; nothing replaced",
        "test_old_rows_that_come_out_otherwise_are_never_replaced",
    ),
    (
        "a torn last line in the list of parts",
        "that part is run again",
        "test_a_torn_last_line_is_a_batch_not_finished",
    ),
]


def row(fault: Fault, status: int, told: str) -> str:
    """A row of the table."""
    words = " ".join(word.replace(str(SCENARIO), "fine.yaml") for word in fault.words)
    return f"| {fault.what} | `{words}` | {status} | {steady(first_words(status, told))} |"


def document() -> str:
    """The whole of docs/reference/faults.md."""
    rows, home = [], Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        study = made(Path(folder))
        for number, fault in enumerate(FAULTS):
            place = Path(folder).resolve() / str(number)
            place.mkdir()
            os.chdir(place)
            rows.append(row(fault, *said(study, fault)))
        os.chdir(home)
    held = [f"| {what} | {seen} | `{test}` |" for what, seen, test in ELSEWHERE]
    return HEAD + "\n".join(rows) + "\n" + HELD + "\n".join(held) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(document(), end="")
