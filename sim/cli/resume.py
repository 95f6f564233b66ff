"""`resume STUDY [workers=N]` and `topup STUDY replicates=N [workers=N]`: what was typed, read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.again import asked
from sim.errors import usage_error
from sim.job import Request
from sim.study.store import Study, load

RESUME = "python -m sim resume STUDY [workers=N]"
TOPUP = "python -m sim topup STUDY replicates=N [workers=N]"
MOST_WORKERS = 256
MOST_REPLICATES = 10_000_000


def request_of(arguments: Sequence[str]) -> Request:
    """The request that began the study to be resumed. Raises UsageError."""
    study, given = _read("resume", arguments, ("workers",), RESUME)
    return asked(study, given.get("workers"))


def more_of(arguments: Sequence[str]) -> tuple[Study, int, int | None]:
    """The study to be topped up, to how many replicates, on how many workers."""
    study, given = _read("topup", arguments, ("replicates", "workers"), TOPUP)
    if "replicates" not in given:
        raise usage_error(
            "topup needs to know how many there shall be", path="replicates", hint=TOPUP
        )
    return study, given["replicates"], given.get("workers")


def _read(
    verb: str, arguments: Sequence[str], known: Sequence[str], usage: str
) -> tuple[Study, dict[str, int]]:
    """The study named, and the settings beside it."""
    settings = [word for word in arguments if word.split("=")[0] in known and "=" in word]
    folders = [word for word in arguments if word not in settings]
    names = [word.split("=")[0] for word in settings]
    if len(folders) != 1 or len(set(names)) < len(names):
        raise usage_error(f"{verb} needs one study, not {len(folders)}", hint=usage)
    most = {"workers": MOST_WORKERS, "replicates": MOST_REPLICATES}
    given = {name: _whole(word, name, most[name]) for name, word in zip(names, settings)}
    return load(folders[0]), given


def _whole(word: str, name: str, most: int) -> int:
    text = word.removeprefix(f"{name}=")
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= most:
        raise usage_error(f"'{text}' is not a whole number from 1 to {most:,}", path=name)
    return int(text)
