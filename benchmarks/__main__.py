"""`python -m benchmarks`, from the checkout: all figures side by side in one run."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from benchmarks.table import Row, machine, markdown

SECTIONS = ("ensemble", "floor", "sizes", "effect", "startup", "newcomer")
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->\n", "<!-- end -->\n"
HEAD = "## Measured: "


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="small numbers: does it work?")
    parser.add_argument("--million", action="store_true", help="sizes: a million runs too")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    asked = parser.parse_args()
    for name in asked.sections:
        if name not in SECTIONS:
            parser.error(f"there is no section '{name}'; known: {', '.join(SECTIONS)}")
    return asked


def measure(name: str, asked: argparse.Namespace) -> list[Row]:
    """The rows of one section; its imports are made now, so that the others need not work."""
    if name == "ensemble":
        from benchmarks import ensemble

        return ensemble.rows(asked.quick)
    if name == "floor":
        from benchmarks import floor

        return floor.rows(asked.quick)
    if name == "sizes":
        from benchmarks import sizes

        return sizes.rows(asked.quick, asked.million)
    if name == "effect":
        from benchmarks import effect

        return effect.rows(asked.quick)
    if name == "startup":
        from benchmarks import startup

        return startup.rows(asked.quick)
    from benchmarks import newcomer

    return newcomer.rows()


def report(asked: argparse.Namespace) -> dict[str, str]:
    """Machine and table of each section; its rows are shown as soon as they are there."""
    found = {}
    for name in asked.sections or SECTIONS:
        rows = measure(name, asked)
        print("\n".join(f"{row.what:45} {row.figure:30} {row.spread}" for row in rows), flush=True)
        found[name] = f"{machine()}\n\n{markdown(rows)}\n"
    return found


def write(found: Mapping[str, str]) -> None:
    """Put sections between the two marks of the README; those not measured now stay as they are."""
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    inner, after = rest.split(END)
    kept = dict(part.split("\n\n", 1) for part in inner.split(HEAD)[1:])
    kept |= {name: f"{text}\n" for name, text in found.items()}
    parts = [f"{HEAD}{name}\n\n{kept[name]}" for name in SECTIONS if name in kept]
    README.write_text(before + BEGIN + "\n" + "".join(parts) + END + after, encoding="utf-8")


def main() -> None:
    """Measure, print, and with --write keep."""
    asked = arguments()
    found = report(asked)
    if asked.write:
        write(found)


if __name__ == "__main__":
    main()
