"""Whether the study in a folder is the one asked for, and what differs when it is not."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.errors import usage_error
from sim.study import place
from sim.study.manifest import Identity, Progressed, configuration, manifest, now
from sim.study.plan import Plan

SAME = ("engine", "rules", "runs_in_a_part", "platform")
PACKAGES = ("casus", "numpy", "numba", "mesa", "scipy", "pandas", "pyarrow")
"""Packages that may change a result or the bytes of a table."""
TOLD = 5


def refuse_another(folder: Path, plan: Plan, identity: Identity, *, more: bool = False) -> None:
    """Raise UsageError, with what differs, unless the folder's study is the one asked for.

    With ``more`` it may have fewer replicates.
    """
    found = list(differences(folder, plan, identity, more=more))
    if not found:
        return
    rest = f"; and {len(found) - TOLD} more" if len(found) > TOLD else ""
    raise usage_error(
        f"'{folder}' already holds another study: {'; '.join(found[:TOLD])}{rest}",
        path="out",
        hint=f"{_topup(folder, plan, identity)}name a new folder with out=, or add force=true to "
        "replace it",
    )


def _topup(folder: Path, plan: Plan, identity: Identity) -> str:
    """The command that adds the missing replicates, where nothing else differs."""
    if any(differences(folder, plan, identity, more=True)):
        return ""
    words = ["python", "-m", "sim", "topup", str(folder), f"replicates={plan.replicates}"]
    return f"{shlex.join(words)}   adds replicates; or "


def differences(
    folder: Path, plan: Plan, identity: Identity, *, more: bool = False
) -> Iterator[str]:
    """What the study on disk has otherwise: format, configuration, rules, versions, platform.

    With ``more`` fewer replicates are no difference.
    """
    there = place.about(folder)
    here = manifest(plan, identity, Progressed("running", now()))
    if there["schema"] != here["schema"]:
        yield _told("format of the study", there["schema"], here["schema"])
        return
    config = list(_configured(folder, configuration(plan, identity), more))
    yield from config
    for name in SAME:
        if there.get(name) != here[name]:
            yield _told(name.replace("_", " "), _words(there.get(name)), _words(here[name]))
    if there["hash"] != identity.digest and there["rules"] == identity.rules and not config:
        yield _told("configuration", there["hash"][:8], identity.digest[:8])
    versions: Any = here["versions"]
    for name in PACKAGES:
        before = there.get("versions", {}).get(name)
        if before != versions.get(name):
            yield _told(name, before, versions.get(name))


def _configured(folder: Path, asked: str, more: bool) -> Iterator[str]:
    path = folder / "config.yaml"
    text = path.read_text(encoding="utf-8") if path.is_file() else asked
    if text == asked:
        return
    try:
        there = dict(_leaves(yaml.safe_load(text)))
    except yaml.YAMLError:
        there = {}
    here = dict(_leaves(yaml.safe_load(asked)))
    for name in [*here, *(name for name in there if name not in here)]:
        fewer = more and name == "replicates" and there.get(name, 0) <= here[name]
        if there.get(name) != here.get(name) and not fewer:
            yield _told(name, there.get(name), here.get(name))


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and values below a mapping."""
    if not isinstance(tree, dict):
        yield path, tree
        return
    for key, value in tree.items():
        yield from _leaves(value, f"{path}.{key}" if path else str(key))


def _told(name: str, there: Any, here: Any) -> str:
    return f"{name} is {_short(there)} there and {_short(here)} here"


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _words(value: Any) -> Any:
    return " ".join(map(str, value.values())) if isinstance(value, Mapping) else value
