"""Exercises: a prediction before the run, checks that can fail, files that come from one source."""

from __future__ import annotations

import ast
import json
import shutil
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from program import call

from sim.errors import UsageError
from sim.exercises import build, card, runs, start
from sim.exercises.checks import judge
from sim.exercises.estimates import difference
from sim.exercises.load import load_exercise, names
from sim.exercises.shown import Note
from sim.exercises.student import student_of
from sim.exercises.taught import Taught, key_words
from sim.rules.parameters import declared
from sim.scenario.load import load_scenario
from sim.scenario.places import named_file

HOME = Path(__file__).parents[1] / "notebooks" / "exercises"
FAST = "casus_foederis"
OTHERS = [name for name in names() if name != FAST]
SLOW = [FAST, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)]


def played(notebook: Path, folder: Path, monkeypatch) -> dict[str, list[object]]:
    """What the cells of a notebook say, by the method of `ex` that a cell calls last."""
    monkeypatch.chdir(folder)
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    space: dict[str, object] = {}
    said: dict[str, list[object]] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop()
            assert isinstance(last, ast.Expr)
            exec(compile(tree, notebook.name, "exec"), space)
            found = eval(compile(ast.Expression(last.value), notebook.name, "eval"), space)
            verb = getattr(getattr(last.value, "func", None), "attr", "start")
            said.setdefault(verb, []).append(found)
    return said


@pytest.mark.parametrize("name", SLOW)
def test_the_solved_notebook_passes_every_check(name, tmp_path, monkeypatch):
    stem = card.stem(name, load_exercise(name))
    said = played(HOME / "teachers" / f"{stem}_solved.ipynb", tmp_path, monkeypatch)
    del said["start"]
    notes = [note for group in said.values() for note in group]
    assert all(isinstance(note, Note) for note in notes)
    assert [str(note) for note in notes if not note] == []
    assert len(said["check"]) == len(load_exercise(name).questions)


@pytest.mark.parametrize("name", names())
def test_the_stripped_notebook_fails_every_check_and_runs_nothing(name, tmp_path, monkeypatch):
    stem = card.stem(name, load_exercise(name))
    said = played(HOME / f"{stem}.ipynb", tmp_path, monkeypatch)
    for verb in ("predict", "run", "check", "explain", "change", "done"):
        assert said[verb] and not any(said[verb]), verb
    assert "First your prediction" in repr(said["run"][0])
    assert not (tmp_path / "predictions").exists()


@pytest.mark.parametrize("name", names())
def test_a_stripped_notebook_run_as_it_is_after_a_prediction_still_fails(name):
    exercise = load_exercise(name)
    for question in exercise.questions.values():
        assert judge(exercise, question, {}, ...).right is None


@pytest.mark.parametrize("name", names())
def test_files_for_students_are_up_to_date(name):
    for file, text in build.for_students(name):
        assert (HOME / file).read_text(encoding="utf-8") == text, "python -m sim exercises build"


@pytest.mark.parametrize("name", SLOW)
def test_files_for_teachers_are_up_to_date(name):
    taught = Taught(name, load_exercise(name))
    for file, text in build.for_teachers(taught):
        assert (HOME / file).read_text(encoding="utf-8") == text, "python -m sim exercises build"
    stem = card.stem(name, taught.exercise)
    assert (HOME / "teachers" / "figures" / f"{stem}.png").stat().st_size > 10_000


def test_no_file_is_left_of_an_exercise_that_is_gone():
    stems = {card.stem(name, load_exercise(name)) for name in names()}
    ends = ("_solved", "_pack", "_paper")
    for path in [p for p in HOME.rglob("*") if p.suffix in (".ipynb", ".md", ".png")]:
        stem = next((path.stem.removesuffix(end) for end in ends if path.stem.endswith(end)), "")
        assert (stem or path.stem) in stems, path


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_runs_bear_out_each_answer_for_each_number_that_a_student_may_have(name):
    """Directions with z > 4 over 1,000 runs; orders and everything else as a student is judged."""
    exercise = load_exercise(name).model_copy(update={"runs": 1000})
    for value in exercise.vary.values:
        results = Taught(name, exercise).with_number(value)
        for key, one in exercise.questions.items():
            if one.kind not in ("direction", "order"):
                continue
            values = {arm: results.values(one.measure, arm) for arm in one.arms}
            answer = list(one.answer) if one.kind == "order" else one.answer
            assert judge(exercise, one, values, answer).right, (key, value)
            if one.answer in ("more", "less"):
                first, second = (values[arm] for arm in one.arms)
                found = difference(first, second, exercise.measures[one.measure])
                assert abs(found.value) > 4 * found.half / 1.96, (key, value)


def made_values(question, exercise):
    """Runs made by hand in which each arm has more than the one before."""
    rng = np.random.Generator(np.random.PCG64(1))
    share = exercise.measures[question.measure].counts_runs
    return {
        arm: (rng.random(400) < 0.2 + 0.3 * n).astype(float) if share else rng.normal(9 + n, 1, 400)
        for n, arm in enumerate(question.arms)
    }


@pytest.mark.parametrize("name", names())
def test_every_check_can_fail(name):
    exercise = load_exercise(name)
    for key, one in exercise.questions.items():
        values = {} if one.kind == "choice" else made_values(one, exercise)
        wrong = {
            "choice": next((letter for letter in one.options if letter != one.answer), ""),
            "direction": "less",
            "order": list(one.arms),
            "number": 1e6,
            "interval": (90, 99),
        }[one.kind]
        assert judge(exercise, one, values, wrong).right is False, key
        assert judge(exercise, one, values, object()).right is None, key


def test_the_tolerance_of_a_number_shrinks_with_the_runs():
    exercise = load_exercise("reports_fog")
    q4 = exercise.questions["q4"]
    for n, right in ((100, True), (40_000, False)):
        first, second = np.zeros(n), np.zeros(n)
        first[: n // 10], second[: 4 * n // 10] = 1.0, 1.0
        verdict = judge(exercise, q4, {"honest": first, "safe": second}, 35)
        assert verdict.right is right, (n, verdict)


def test_arms_that_cannot_be_told_apart_may_be_called_the_same():
    exercise = load_exercise(FAST)
    q1 = exercise.questions["q1"]
    few = {"disputed": np.array([0.0, 1.0, 0.0, 0.0]), "recognised": np.array([1.0, 1.0, 0.0, 0.0])}
    assert judge(exercise, q1, few, "same").right
    assert judge(exercise, q1, few, "more").right
    assert judge(exercise, q1, few, "less").right is False


def test_a_student_has_an_own_seed_and_number():
    exercise = load_exercise(FAST)
    ada = student_of(FAST, exercise, "Ada  Lovelace")
    assert ada.seed == student_of(FAST, exercise, "ada lovelace ").seed
    others = [student_of(FAST, exercise, f"student {n}") for n in range(40)]
    assert len({one.seed for one in others}) == 40
    assert {one.value for one in others} == set(exercise.vary.values)
    assert student_of(FAST, exercise, "../../Ωmega/..").key.startswith("mega_")
    for name in ("", "  ", 7, "a" * 300):
        with pytest.raises(UsageError, match="needs a name"):
            student_of(FAST, exercise, name)


def test_a_prediction_is_needed_whole_and_stands_after_the_run(tmp_path):
    ex = start(FAST, student="ada", folder=tmp_path)
    assert not ex.run()
    assert "30" in repr(ex.predict(disputed=130, recognised="many", why="because it is so"))
    bad = repr(ex.predict(disputed=True, other=1, why="no"))
    assert all(word in bad for word in ("disputed:", "recognised: put", "other: nobody", "why:"))
    assert ex.record.lines == []
    assert ex.predict(disputed=10, recognised=20.5, why="a first thought")
    assert ex.predict(disputed=35, recognised=70, why="a second thought")
    result = ex.run()
    assert result and "you said 35 in 100" in repr(result)
    assert 'role="img"' in result._repr_html_() and "<script" not in result._repr_html_()
    again = start(FAST, student="ADA", folder=tmp_path)
    assert "stands" in repr(again.predict(disputed=1, recognised=2, why="hindsight is easy"))
    assert again.record.prediction["values"] == {"disputed": 35.0, "recognised": 70.0}
    assert [line["what"] for line in again.record.lines] == ["prediction", "prediction", "run"]
    assert repr(again.run()) == repr(result), "the same name gives the same runs"
    steps = [again.check("q1", "less") for _ in range(4)]
    for step, hint in zip(steps, [*ex.exercise.questions["q1"].hints, "ex.check"], strict=True):
        assert not step and hint in repr(step)
    assert "did you mean 'q1'" in repr(again.check("q11", "more"))
    assert not again.change("much") and not again.change(99.0) and not again.done()
    assert again.explain("Two hurdles in a row multiply.")


def test_a_scenario_of_one_s_own_is_written_checked_and_run(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "is_compiled", lambda: None)
    monkeypatch.setattr("sim.exercises.session.is_compiled", lambda: None)
    monkeypatch.setattr(runs, "FEW", 2)
    ex = start(FAST, student="ada", folder=tmp_path)
    ex.predict(disputed=35, recognised=70, why="a first thought")
    said = repr(ex.run())
    assert "numba is missing" in said and "2 runs of this model" in said
    mine = tmp_path / "mine.yaml"
    assert not ex.make("mine") and ex.make(mine) and mine.exists()
    assert "before" in repr(ex.make(mine))
    mine.write_text(mine.read_text("utf-8").replace("pool: 200000", "pool: many"), "utf-8")
    bad = ex.make(mine)
    assert not bad and "states.castria.pool" in repr(bad)


def test_a_record_that_is_none_is_refused_by_its_name(tmp_path):
    ex = start(FAST, student="ada", folder=tmp_path)
    for text in ("not json", "[]", '{"lines": [{"what": "prediction", "at": "now"}]}'):
        ex.record.path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=ex.record.path.name):
            start(FAST, student="ada", folder=tmp_path)


def test_a_teacher_s_own_file_is_checked_whole_and_begun_by_its_path(tmp_path):
    mine = tmp_path / "seventh.yaml"
    shutil.copy(named_file("exercise", FAST), mine)
    assert start(str(mine), student="ada", folder=tmp_path).record.path.name.startswith("seventh_")
    text = mine.read_text(encoding="utf-8")
    text = text.replace("outcomes: [peak_deployed]", "outcomes: [peak_deploid]")
    mine.write_text(text.replace("arms: [disputed, recognised]", "arms: [disputed, recognized]"))
    with pytest.raises(UsageError) as caught:
        load_exercise(str(mine))
    assert "did you mean 'peak_deployed'" in str(caught.value)
    assert "did you mean 'recognised'" in str(caught.value)
    mine.write_text(text.replace("    answer: more\n", "", 1).replace("runs: 500", "runs: 5"))
    with pytest.raises(UsageError, match=r"seventh.yaml: (runs|questions.q1)"):
        load_exercise(str(mine))


def test_an_answer_that_the_runs_do_not_bear_out_is_told_to_its_author(capsys, tmp_path):
    mine = tmp_path / "wrong.yaml"
    text = (
        named_file("exercise", FAST)
        .read_text(encoding="utf-8")
        .replace("answer: more", "answer: less")
    )
    mine.write_text(text.replace("runs: 500", "runs: 60"), encoding="utf-8")
    said = call(capsys, "exercises", str(mine))
    assert said.status == 0 and "q1: less (NOT what the runs show" in said.out
    assert "NOT" not in dict(key_words(Taught(str(mine), load_exercise(str(mine)))))["q3"]


def test_the_verb_lists_and_names_what_is_near(capsys):
    said = call(capsys, "exercises")
    assert said.status == 0 and all(name in said.out for name in names())
    wrong = call(capsys, "exercises", "casus_federis")
    assert wrong.status == 2 and "did you mean 'casus_foederis'" in wrong.err
    assert call(capsys, "exercises", "build", "a", "b").status == 2


@pytest.mark.parametrize("name", names())
def test_the_rules_that_a_quiz_names_exist(name):
    for one in load_exercise(name).teacher.quiz:
        module, _, function = one.rule.partition(".")
        place = "sim" if module in ("decisions", "duties") else "sim.rules"
        assert hasattr(import_module(f"{place}.{module}"), function), one.rule


def test_numbers_that_a_story_tells_are_those_of_the_scenario():
    scenario = load_scenario("two_rivals")
    story = " ".join(load_exercise("attrition_reinforcement").story.split())
    for name, words in (("belmora", "holds it with {:,} soldiers"), ("arvania", "with {:,}.")):
        assert words.format(scenario.forces[f"{name}_valley"].strength) in story
    exercise = load_exercise("security_dilemma")
    rivals = ("arvania_to_belmora", "belmora_to_arvania")
    (grievance,) = {scenario.relations[name].grievance for name in rivals}
    fatigue, reaction = declared()["fatigue"].default, exercise.arms["watchful"].levers
    ratio = (grievance / (fatigue - reaction["rivalry.reaction"])) / (grievance / fatigue)
    assert ratio == pytest.approx(2.5)
    q4 = exercise.questions["q4"]
    assert q4.options[q4.answer] == "two and a half times"
    assert f"{grievance:g}"[1:] in q4.ask and f"{fatigue:g}"[1:] in q4.ask
