"""Rules use only what gives the same bits in Python and compiled: a check of the syntax tree."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

SIM = Path(__file__).parents[1] / "sim"
FILES = sorted(
    path for place in ("rules", "clauses", "policies") for path in (SIM / place).glob("**/*.py")
)

MARKS = {"rule", "clause", "policy"}
BUILTINS = {"abs", "bool", "float", "int", "len", "max", "min", "range", "round"}
MATH = {"cos", "erf", "exp", "expm1", "inf", "log", "log1p", "nan", "pi", "sin", "sqrt", "tanh"}
REFUSED = (
    *(ast.Dict, ast.DictComp, ast.GeneratorExp, ast.List, ast.ListComp, ast.Set, ast.SetComp),
    *(ast.Assert, ast.Await, ast.JoinedStr, ast.Lambda, ast.Pow, ast.Raise, ast.Starred),
    *(ast.MatMult, ast.Try, ast.TryStar, ast.With, ast.Yield, ast.YieldFrom),
    *(ast.AsyncFor, ast.AsyncWith, ast.ClassDef, ast.Delete, ast.Global, ast.Nonlocal),
    *(ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef),
)


def is_rule(node: ast.AST) -> bool:
    """Whether the node is a function decorated as a rule, `@rule` or `@clause(...)`."""
    if not isinstance(node, ast.FunctionDef):
        return False
    marks = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    return any(isinstance(mark, ast.Name) and mark.id in MARKS for mark in marks)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


RULES = {f"{path.stem}.{n.name}" for path in FILES for n in ast.walk(tree_of(path)) if is_rule(n)}


def local_names(function: ast.FunctionDef) -> set[str]:
    """Names the function binds itself: its parameters and what it assigns."""
    nodes = list(ast.walk(function))
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | {n.arg for n in nodes if isinstance(n, ast.arg)}


def fault(node: ast.AST, local: set[str]) -> str:
    """What is wrong with one node of a rule's body; empty when nothing is."""
    match node:
        case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in MATH:
            return f"math.{name}"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="math"))):
            return ""
        case ast.Call(func=ast.Attribute(value=owner) as called):
            known = ast.unparse(called) in RULES and ast.unparse(owner) not in local
            return "" if known else f"call of {ast.unparse(called)}"
        case ast.Name(id=("np" | "numpy") as name):
            return name
        case ast.Name(id=name) if name in vars(builtins) and name not in BUILTINS | local:
            return name
    return type(node).__name__ if isinstance(node, REFUSED) else ""


def faults(source: str) -> Iterator[str]:
    """Each fault of a file as 'line N, function: what'."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "math":
            yield f"line {node.lineno}: import math instead of its members"
    for function in filter(is_rule, ast.walk(tree)):
        local = local_names(function)
        for node in (n for statement in function.body for n in ast.walk(statement)):
            if found := fault(node, local):
                line = getattr(node, "lineno", function.lineno)
                yield f"line {line}, {function.name}: {found}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SIM)))
def test_rules_keep_to_the_safe_list(path):
    assert list(faults(path.read_text(encoding="utf-8"))) == []


def test_there_are_rules_to_check():
    assert "draws.uniform" in RULES
    assert len(RULES) > 20


GOOD = """
@clause("aid", width=3)
def f(state: list[float], u: float) -> tuple[float, int]:
    'A docstring with a ** b and sum(x).'
    total = 0.0
    for i in range(len(state)):
        total += max(state[i] * 2, float(i // 3)) % 7
    state.tension[1] -= math.exp(total) if u < 0.5 else math.pi
    return draws.uniform(state, 1, 2, 3), -int(helper(u)) << 2
"""
BAD = [
    "return a ** 2",
    "a **= 2",
    "return math.pow(a, 2.0)",
    "return math.hypot(a, a)",
    "return math.lgamma(a)",
    "root = math.gamma",
    "return np.exp(a)",
    "return np.pi * a",
    "return a.sum()",
    "return a.draws.uniform(1)",
    "draws = a\n    return draws.uniform(1)",
    "return sum(a)",
    "add = sum",
    "return sorted(a)",
    "print(a)",
    "return pow(a, 2)",
    "return [a]",
    "return {a}",
    "return {1: a}",
    "return max(x for x in a)",
    "return [x for x in a]",
    "f = lambda x: x",
    "return f'{a}'",
    "with a: pass",
    "raise a",
    "assert a",
    "return max(*a)",
    "import math",
    "try: pass\n    finally: pass",
    "def g(): return a",
]


def test_the_checker_accepts_what_is_safe():
    assert list(faults(GOOD)) == []


@pytest.mark.parametrize("body", BAD)
@pytest.mark.parametrize("mark", ["@rule", "@clause('aid')", "@policy(1)"])
def test_the_checker_refuses(mark, body):
    assert list(faults(f"{mark}\ndef f(a):\n    {body}\n"))


def test_the_checker_refuses_members_imported_from_math():
    assert list(faults("from math import hypot\n"))


def test_the_checker_passes_over_what_is_no_rule():
    assert list(faults("def table(a):\n    return sum(x**2 for x in a)\n")) == []
