"""`python -m benchmarks`, from the checkout: all figures side by side in one run."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.table import Row, machine, markdown

SECTIONS = ("ensemble", "floor", "sizes", "effect", "startup", "newcomer")
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->\n", "<!-- end -->\n"


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


def report(asked: argparse.Namespace) -> str:
    """Machine and table; each section's rows are shown as soon as they are there."""
    found: list[Row] = []
    for name in asked.sections or SECTIONS:
        rows = measure(name, asked)
        print("\n".join(f"{row.what:45} {row.figure:30} {row.spread}" for row in rows), flush=True)
        found += rows
    return f"{machine()}\n\n{markdown(found)}\n"


def write(table: str) -> None:
    """Put a table between the two marks of the README."""
    text = README.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(before + BEGIN + "\n" + table + "\n" + END + after, encoding="utf-8")


def main() -> None:
    """Measure, print, and with --write keep."""
    asked = arguments()
    table = report(asked)
    print("\n" + table)
    if asked.write:
        write(table)


if __name__ == "__main__":
    main()
