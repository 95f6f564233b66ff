"""One process at a time in a study's folder, by a lock of the operating system.

The system lets go of the lock when its holder ends, however it ends: what a killed process leaves
behind is a file, not a lock. Where a file system knows no locks, nobody is kept out; two processes
of one study then write the same bytes.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sim.errors import UsageError, usage_error
from sim.study.manifest import now

NAME = ".lock"
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
PATIENCE, MOMENT = 3, 0.02
FAR = 1 << 30
"""The byte that Windows locks: behind the text, which others may read."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder. Raises UsageError, naming the holder, while another process does."""
    path = folder / NAME
    stream = _take(path)
    try:
        stream.truncate(0)
        stream.write(f"process {os.getpid()} since {now():%Y-%m-%d %H:%M:%S} UTC".encode())
        stream.flush()
        yield
    finally:
        _release(path, stream)


def holder(folder: Path) -> str:
    """Who is at work in a folder; '' when nobody is. The lock is tried and let go at once."""
    path = folder / NAME
    try:
        with path.open("rb") as stream:
            _look(stream)
    except FileNotFoundError:
        return ""
    except OSError as error:
        held_by_another = error.errno not in NO_LOCKS
        return (path.read_text(encoding="utf-8") or "another process") if held_by_another else ""
    return ""


def _take(path: Path) -> BinaryIO:
    """The lock's file, locked; anew when a holder took it away between opening and locking.

    A lock that is only looked at, by `holder`, is free a moment later.
    """
    patience = PATIENCE
    while True:
        stream = path.open("a+b")
        try:
            _lock(stream)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                stream.close()
                if not patience:
                    raise _in_use(path) from None
                patience -= 1
                time.sleep(MOMENT)
                continue
        if _still_there(path, stream):
            return stream
        stream.close()


def _still_there(path: Path, stream: BinaryIO) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _release(path: Path, stream: BinaryIO) -> None:
    """Take the file away while it is still locked; Windows lets an open file be, so after."""
    with suppress(OSError):
        path.unlink()
    stream.close()
    if sys.platform == "win32":
        with suppress(OSError):
            path.unlink()


def _in_use(path: Path) -> UsageError:
    with suppress(OSError):
        who = path.read_text(encoding="utf-8") or "another process"
        fault = f"'{path.parent}' is in use by {who}"
        return usage_error(fault, path="out", hint="wait until it has ended, or name a new folder")
    return usage_error(f"'{path.parent}' is in use by another process", path="out")


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        stream.seek(FAR)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    _look = _lock

else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _look(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
