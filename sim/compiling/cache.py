"""Where compiled code is kept: a folder named by all that it was made from.

Numba's own cache does not see an edit in a file that a kernel calls into; a folder named by the
hash of every rule's source cannot be stale.
"""

from __future__ import annotations

import os
import platform
import tempfile
from functools import cache
from pathlib import Path

import numba
from llvmlite.binding import set_option
from numba.core import config

from sim.sources_hash import rules_hash


@cache
def cache_folder() -> Path | None:
    """This code's own folder, made if need be; None where nothing can be kept."""
    name = f"{rules_hash()}-numba{numba.__version__}-py{platform.python_version()}"
    for parent in (Path.home() / ".cache" / "casus", Path(tempfile.gettempdir()) / "casus"):
        folder = parent / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


INLINED = 1000
"""Size, in LLVM's units, up to which a function is inlined; LLVM's own is 225."""


@cache
def prepare_cache() -> None:
    """Point numba's cache at the folder, and have the many small rules inlined into the kernel.

    Rules are scalar: looking for vectors costs time only.
    """
    config.LOOP_VECTORIZE = 0
    set_option("casus", f"-inline-threshold={INLINED}")
    folder = cache_folder()
    if folder is not None:
        config.CACHE_DIR = str(folder)


def is_compiled() -> bool:
    """Whether compiled code for these rules is at hand."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbc"))
