"""How another process makes an engine and its world, and how it refuses to with other code."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.study.chunk import Chunk
from sim.study.declared import Simulate
from sim.study.work import Task, perform

Built = tuple[Simulate, Any]


@dataclass(frozen=True)
class Recipe:
    """Small, and read by name on the other side: functions of modules, and data.

    build: makes engine and blueprint from content, the frozen configuration.
    code: the versions here, as ``code_here`` tells them; a worker's must be the same.
    """

    build: Callable[[bytes], Built]
    content: bytes
    code_here: Callable[[], Mapping[str, str]]
    code: Mapping[str, str]


class Mismatch(Exception):
    """A worker has other code than the study: its machine, and what differs, in words."""

    def __str__(self) -> str:
        """Where, and what."""
        machine, differences = self.args
        return f"a worker on {machine} has other code: {differences}"


def run_by(recipe: Recipe, task: Task) -> Chunk:
    """Do a task by a recipe. Raises Mismatch, before any run, where the code is another."""
    simulate, blueprint = prepared(recipe)
    return perform(simulate, blueprint, task)


def prepared(recipe: Recipe) -> Built:
    """Engine and blueprint, made once in a process. Raises Mismatch."""
    there = recipe.code_here()
    names = dict.fromkeys([*recipe.code, *there])
    differing = [name for name in names if there.get(name) != recipe.code.get(name)]
    if differing:
        told = [f"{name} is {there.get(name)} there, {recipe.code.get(name)} here"
                for name in differing]  # fmt: skip
        raise Mismatch(platform.node(), "; ".join(told))
    return _built(recipe.build, recipe.content)


@lru_cache(maxsize=4)
def _built(build: Callable[[bytes], Built], content: bytes) -> Built:
    """Built once in a process, whatever the number of tasks."""
    return build(content)
