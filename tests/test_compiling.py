"""Compiled rules: a fault in one is told, in a later process too, and spoils no other run."""

from __future__ import annotations

import subprocess
import sys

CODE = """
from sim import records
from sim.blueprint import draft
from sim.scenario.load import load_scenario

world = records.arrays(draft(load_scenario("two_rivals")), [{}] * 3, [0], 1)
world["params"]["recovery_days"][1] = 0.0
chunk = records.live(world, 0, 30)
print(*(error or "fine" for error in chunk.errors), sep=", ")
"""


def test_a_fault_in_a_rule_is_told_and_the_other_runs_go_on():
    for _ in range(2):  # the second process finds compiled code
        command = [sys.executable, "-c", CODE]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert said.stdout == "fine, day 0: ZeroDivisionError: division by zero, fine\n", said
