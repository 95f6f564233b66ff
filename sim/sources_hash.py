"""The hash of everything that makes a result: rules, clauses, policies, phases, measures."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
FOLDERS = ("blueprint", "clauses", "compiling", "measures", "phases", "policies", "rules")
FILES = (
    "addresses.py", "agents.py", "decisions.py", "duties.py", "outcomes.py", "priors.py",
    "records.py", "tags.py",
)  # fmt: skip


@cache
def rules_hash() -> str:
    """Hash of the sources that a result depends on, 16 hexadecimal digits."""
    files = [file for folder in FOLDERS for file in (PACKAGE / folder).rglob("*.py")]
    digest = hashlib.sha256()
    for file in sorted(files) + [PACKAGE / name for name in FILES]:
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()[:16]
