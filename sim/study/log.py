"""log.jsonl: what happened to a study and when, one JSON line an event.

Events: started, resumed, part kept, part run again, worker lost, interrupted, finished. A line
that a kill has torn is passed over; a log that cannot be written stops nobody.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from sim.study.manifest import now

FILE = "log.jsonl"


def note(folder: Path, event: str, **about: object) -> None:
    """Add an event, with the time in UTC and what is told about it."""
    line = json.dumps({"time": now().isoformat(timespec="milliseconds"), "event": event, **about})
    with suppress(OSError), (folder / FILE).open("ab+") as stream:
        stream.write(f"{line}\n".encode() if _whole(folder / FILE) else f"\n{line}\n".encode())


def _whole(path: Path) -> bool:
    """Whether the last line has its end."""
    with path.open("rb") as stream:
        if stream.seek(0, 2):
            stream.seek(-1, 2)
        return stream.read(1) in (b"", b"\n")


def read(folder: Path) -> list[dict[str, Any]]:
    """All events, in order; none where there is no log."""
    path, found = folder / FILE, []
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        with suppress(ValueError):
            event = json.loads(line)
            if isinstance(event, dict) and {"time", "event"} <= event.keys():
                found.append(event)
    return found
