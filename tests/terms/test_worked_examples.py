"""The runner of worked examples, and the project's own."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from terms.registry import BUILT_IN, load_registry
from terms.rulebook import RULES
from terms.worked_examples import EXAMPLES, main

DATA = Path(__file__).parent / "data"
GOOD = """
[[case]]
id = "one"
terms = "isp-access"
rule = "late_interest"
article = "34"
given = { principal = 10000, due = 2025-05-31, paid = 2025-06-16 }
expect = { days = 15, amount = 59 }
"""


@pytest.fixture
def run(tmp_path, capsys):
    """Runs the command on a file with that content; gives exit status and printed lines."""

    def run_content(content: str) -> tuple[int, list[str]]:
        path = tmp_path / "cases.toml"
        path.write_text(content, encoding="utf-8")
        status = main([str(path)])
        return status, capsys.readouterr().out.splitlines()

    return run_content


def test_all_examples_of_the_project_pass(capsys):
    assert main([str(EXAMPLES)]) == 0
    assert capsys.readouterr().out.endswith(" passed, 0 failed\n")


def test_a_further_document_is_a_file_alone_and_runs_through_every_rule(capsys):
    assert main(["--packs", str(DATA / "packs"), str(DATA / "made-up.toml")]) == 0
    cases = tomllib.loads((DATA / "made-up.toml").read_text(encoding="utf-8"))["case"]
    assert capsys.readouterr().out == f"{len(cases)} passed, 0 failed\n"
    assert {case["rule"] for case in cases} == set(RULES)


def test_a_good_case_passes_and_only_what_is_expected_is_compared(run):
    assert run(GOOD) == (0, ["1 passed, 0 failed"])
    assert run(GOOD.replace("days = 15, ", "")) == (0, ["1 passed, 0 failed"])
    assert run(GOOD.replace('article = "34"', "")) == (0, ["1 passed, 0 failed"])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("amount = 59", "amount = 60", "one: amount: expected 60, got 59"),
        (
            "days = 15, amount = 59",
            "days = 16, amount = 60",
            "one: days: expected 16, got 15; amount: expected 60, got 59",
        ),
        ("amount = 59", "amount = true", "one: amount: expected true, got 59"),
        ("amount = 59", "sum = 59", "one: sum: expected 59, but the rule gives no sum"),
        ('article = "34"', 'article = "33"', "one: article: expected 33, got 34"),
        ("late_interest", "interest", 'one: unknown rule "interest"'),
        ('"isp-access"', '"isp"', 'one: unknown pack "isp"; known: '),
        ("paid =", "payed =", 'one: table [given], key "payed": unknown key'),
        (", paid = 2025-06-16", "", 'one: table [given], key "paid": missing key'),
        (
            "principal = 10000",
            'principal = "10000"',
            'one: table [given], key "principal": expected a whole number, found "10000"',
        ),
        ("principal = 10000", "principal = -1", "one: table [given]: principal is -1; it cannot be below 0"),
        ("2025-06-16", "2025-06-16T00:00:00", 'one: table [given], key "paid": expected a date'),
        ("late_interest", "renewal", "one: "),
        ('id = "one"', 'id = "one"\nexpected = 1', 'one: unknown key "expected" in the case'),
        ('terms = "isp-access"', "", 'one: the case has no "terms"'),
        ('terms = "isp-access"', "terms = 3", 'one: "terms" is not what it should be: 3'),
    ],
)
def test_a_case_that_differs_or_cannot_be_run_is_told_in_one_line(run, old, new, line):
    status, printed = run(GOOD.replace(old, new))
    assert status == 1
    assert len(printed) == 2
    assert printed[0].startswith(line)
    assert printed[1] == "0 passed, 1 failed"


def test_a_rule_that_neither_the_document_nor_the_law_has_is_named(run):
    content = GOOD.replace("late_interest", "renewal").replace(
        "principal = 10000, due = 2025-05-31, paid = 2025-06-16", "term_ends = 2025-06-30"
    )
    assert run(content)[1][0] == 'one: isp-access 2022-07-01 has no rule "renewal", nor has the law'


def test_a_case_without_an_id_is_told_by_its_place_and_an_id_is_used_once(run):
    assert run(GOOD.replace('id = "one"', ""))[1][0].startswith('cases.toml, case 1: the case has no "id"')
    assert run(GOOD + GOOD) == (1, ["one: id is used by another case", "1 passed, 1 failed"])


def test_a_case_may_name_the_version_that_it_is_about(run):
    assert run(GOOD.replace('id = "one"', 'id = "one"\nversion = 2022-07-01'))[0] == 0
    assert (
        "has no version effective 2021-07-01"
        in run(GOOD.replace('id = "one"', 'id = "one"\nversion = 2021-07-01'))[1][0]
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[case]", "cannot be read"),
        ("case = 3", "not a file of worked examples"),
        ("", "not a file of worked examples"),
        (GOOD + "\n[[cases]]\n", "not a file of worked examples"),
    ],
)
def test_a_file_that_holds_no_cases_fails_under_its_own_name(run, content, said):
    status, printed = run(content)
    assert status == 1
    assert "cases.toml: " in printed[0]
    assert said in printed[0]
    assert printed[-1] == "0 passed, 1 failed"


def test_a_path_that_is_not_there_fails_and_an_empty_folder_is_no_success(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere.toml")]) == 1
    assert capsys.readouterr().out.endswith("0 passed, 1 failed\n")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.endswith("0 passed, 0 failed\n")


def test_a_broken_pack_fails_the_run_with_its_name(tmp_path, capsys):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "2026-04-01.toml").write_text("code = ", encoding="utf-8")
    assert main(["--packs", str(tmp_path), str(EXAMPLES)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert "broken/2026-04-01.toml: not a TOML file" in printed[0]
    assert printed[-1] == "0 passed, 1 failed"


def test_the_command_imports_no_django():
    code = "import sys, terms.worked_examples; sys.exit('django' in sys.modules)"
    root = BUILT_IN.parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
    command = [sys.executable, "-m", "terms.worked_examples", str(EXAMPLES)]
    printed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    assert printed.splitlines()[-1].endswith(" passed, 0 failed")


def test_the_builtin_packs_load_by_themselves():
    assert load_registry([BUILT_IN]).all_codes()[-1] == "statute"
