"""Documents made from the code: up to date, whole, and honest about what the numbers rest on."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import get_type_hints

import pytest
from program import call
from pydantic.fields import FieldInfo

from sim import clauses, documentation
from sim.documentation import description
from sim.documentation.rulebook import first
from sim.outcomes import OUTCOMES, SERIES
from sim.phases import PHASES
from sim.rules.entities import MANY, ONE
from sim.rules.parameters import declared
from sim.rules.rule import RULES
from sim.scenario.load import assemble, load_scenario
from sim.scenario.places import CONFIGS, known
from sim.scenario.safe_yaml import read_yaml
from sim.scenario.sources import cited, kind_of

DOCS = Path(__file__).parents[1] / "docs"
SIM = Path(__file__).parents[1] / "sim"
SCENARIOS = known("scenario")


@pytest.fixture(scope="module")
def text():
    return documentation.odd()


def fresh(file: Path, made: str, command: str) -> None:
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    name = f"docs/{file.relative_to(DOCS).as_posix()}"
    assert kept == made, f"{name} is old: {command} > {name}"


def test_the_description_is_up_to_date(capsys):
    said = call(capsys, "document", "odd")
    assert said.status == 0
    fresh(DOCS / "reference" / "odd.md", said.out, "python -m sim document odd")


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_has_a_card_that_is_up_to_date(capsys, name):
    said = call(capsys, "card", name)
    assert said.status == 0
    fresh(DOCS / "reference" / "cards" / f"{name}.md", said.out, f"python -m sim card {name}")


def test_no_card_is_left_of_a_scenario_that_is_gone():
    assert {file.stem for file in (DOCS / "reference" / "cards").iterdir()} == set(SCENARIOS)


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_says_its_uses_misuses_and_limits(name):
    scenario = load_scenario(name)
    for said in (scenario.uses, scenario.misuses, scenario.limits):
        assert said, "add uses:, misuses: and limits: to the scenario, a list of sentences each"
        assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in said)
    assert len(scenario.limits) >= 3
    made = documentation.card(name)
    assert all(f"- {sentence}\n" in made for sentence in scenario.limits)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_card_prints_cut_off_levers_priors_and_every_source(name):
    scenario, made = load_scenario(name), documentation.card(name)
    assert f"Data cut-off: {scenario.cutoff}." in made
    for group in (scenario.levers, scenario.uncertainties, scenario.sources):
        assert all(f"| `{one}` |" in made for one in group)
    for entry in scenario.calendar.values():
        assert f"| {entry.date} |" in made


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_card_counts_every_number_of_the_file(name):
    file = CONFIGS / "scenario" / f"{name}.yaml"
    tree = assemble(read_yaml(file), str(file))
    sources = cited(load_scenario(name).sources, tree)
    assert all(sources.values())
    count = Counter(map(kind_of, sources.values()))
    made = documentation.card(name)
    assert f"\n{len(sources)} numbers: {count['source']} with a source" in made
    assert f"{count['assumption']} assumptions." in made


def test_the_description_holds_everything_that_the_code_declares(text):
    for kind in [*MANY.values(), *ONE.values()]:
        if kind is not ONE["params"]:
            assert all(f"| `{field}` |" in text for field in get_type_hints(kind))
    assert all(f"| `{phase.__name__}` | {first(phase)} |" in text for phase in PHASES)
    for one in (*OUTCOMES, *SERIES):
        assert f"| `{one.name}` | {one.unit} |" in text
    for name in clauses.TYPES:
        assert f"| `{name}` |" in text
    written = [one for one in RULES if one.__module__.startswith("sim.rules.")]
    named = {one.__name__ for one in written if "<" not in one.__qualname__}
    assert len(named) > 100
    assert all(f"\n- `{name}`: " in text for name in named)


def test_parameters_are_printed_with_what_they_rest_on(text):
    lines = text.splitlines()
    for name, one in declared().items():
        rows = [line for line in lines if line.startswith(f"| {one.symbol} | `{name}` |")]
        assert [row.endswith(f" | {one.source} |") for row in rows] == [True]
    assert "quoted from memory" in text
    assert "| assumption |" in text


def test_every_term_of_an_article_says_what_it_is():
    for kind in clauses.TYPES.values():
        for name, field in kind.terms.model_fields.items():
            assert isinstance(field, FieldInfo)
            assert field.description, f"{kind.name}.{name} needs a docstring"


def test_a_template_that_leaves_a_table_out_is_refused(monkeypatch, tmp_path):
    template = tmp_path / "short.md"
    template.write_text("<!-- table: phases -->\n", encoding="utf-8")
    monkeypatch.setattr(description, "TEMPLATE", template)
    with pytest.raises(KeyError, match="parameters"):
        description.odd()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("card",), "card needs one scenario"),
        (("card", "a", "b"), "card needs one scenario, not 2"),
        (("card", "dprk_russia"), "did you mean 'dprk_russia_2024'?"),
        (("document",), "document knows odd"),
        (("document", "od"), "python -m sim document odd"),
    ],
)
def test_wrong_usage(capsys, typed, words):
    said = call(capsys, *typed)
    assert said.status == 2
    assert words in said.err


@pytest.mark.parametrize("path", sorted((SIM / "rules").glob("*.py")), ids=lambda path: path.stem)
def test_a_file_of_rules_says_what_it_leaves_out(path):
    """Each of the twelve rules names its number in the first line and what it does not hold."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    if re.search(r"\(C\d+\)", words.splitlines()[0]):
        assert "Left out: " in words


def test_the_twelve_rules_all_have_a_file():
    words = " ".join(path.read_text(encoding="utf-8") for path in (SIM / "rules").glob("*.py"))
    assert {f"C{n}" for n in range(1, 13)} <= set(re.findall(r"\(?(C\d+)\)?", words))
