"""Every fault in the table is met by the message that the table shows."""

import re
from pathlib import Path

import faults
import pytest
from faults import ELSEWHERE, FAULTS, ROOT

TABLE = ROOT / "docs" / "reference" / "faults.md"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return faults.made(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_fault_is_met(fault, study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, told = faults.said(study, fault)
    assert status == fault.status, told
    assert fault.said in told
    assert "Traceback" not in told
    line = faults.row(fault, status, told)
    assert line in TABLE.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", [test for _, _, test in ELSEWHERE])
def test_what_is_held_elsewhere_is_there(name):
    written = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
    )
    assert re.search(rf"^def {name}\(", written, re.MULTILINE)
    assert name in TABLE.read_text(encoding="utf-8")


def test_the_table_is_long_enough():
    assert len(FAULTS) + len(ELSEWHERE) >= 25
