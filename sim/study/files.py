"""Files that are whole or absent: written under a temporary name, synced, then renamed."""

from __future__ import annotations

import hashlib
import io
import os
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step: a reader sees the old file or the new one, never a part.

    Its content is on disk before it gets its name. Raises OSError, naming the file; then the old
    one is there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            _write(stream.fileno(), content)
        os.replace(temporary, path)
    except OSError as error:
        raise _named(error, path) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, on disk when this returns; a kill may leave a part of the line."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            _write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _named(error, path) from None


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with newlines as they are, the same bytes on every system."""
    write_bytes(path, text.encode("utf-8"))


def write_table(path: Path, table: pd.DataFrame) -> str:
    """Write a table as Parquet and return its checksum."""
    content = parquet(table)
    write_bytes(path, content)
    return checksum(content)


def parquet(table: pd.DataFrame) -> bytes:
    """A table as the bytes of a Parquet file; equal tables give equal bytes."""
    buffer = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow, buffer, compression="snappy", version="2.6")
    return buffer.getvalue()


def sync_names(folder: Path) -> None:
    """Let new names in a folder outlive a power failure, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def checksum(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def fits(path: Path, expected: str) -> bool:
    """Whether a file is there with this checksum; read piece by piece. Raises OSError."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == expected


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _named(error: OSError, path: Path) -> OSError:
    return type(error)(error.errno, error.strerror or str(error), str(path))
