"""What a run of mutmut left alive is counted, and listed unless it is explained."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutants import ROOT, UNCHECKED, Explanation, judge, main, read_explanations, read_mutants

SOURCE = """
class Pier:
    def is_long(self, metres):
        return metres > 100


def toll(axles):
    fee = axles * 2
    return fee or 0


def lamps():
    return 4
"""
TESTS = """
from pier import Pier, toll


def test_a_pier_is_long_over_a_hundred_metres():
    assert Pier().is_long(200)
    assert not Pier().is_long(50)


def test_each_axle_costs_two():
    assert toll(3) == 6
"""
CONFIG = '[tool.mutmut]\nsource_paths = ["pier.py"]\npytest_add_cli_args = ["-p", "no:cacheprovider"]\n'
ZERO = """
[[explained]]
where = "pier.toll"
change = '''
- return fee or 0
+ return fee or 1
'''
why = "Nobody has no axle."
"""
EDGES = '[[explained]]\nwhere = "pier.*"\nlike = "10[01]"\nwhy = "Nobody measures to the metre."\n'
LAMPS = '[[explained]]\nwhere = "pier.lamps"\nlike = "."\nwhy = "Nobody counts them."\n'


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    root = tmp_path_factory.mktemp("pier")
    for name, text in {"pier.py": SOURCE, "tests/test_pier.py": TESTS, "pyproject.toml": CONFIG}.items():
        root.joinpath(name).parent.mkdir(exist_ok=True)
        root.joinpath(name).write_text(text, "utf8")
    mutmut = Path(sys.executable).with_name("mutmut")
    bare = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # twice as fast
    subprocess.run([mutmut, "run"], cwd=root, env=bare, check=True, capture_output=True)
    return root


@pytest.fixture
def project(ran, tmp_path):
    tmp_path.joinpath("tests").mkdir()
    for name in ("mutants", "pier.py"):
        tmp_path.joinpath(name).symlink_to(ran / name)
    return tmp_path


def _explained(root, text):
    root.joinpath("tests", "mutants.toml").write_text(text, "utf8")


def test_a_mutant_is_known_by_its_function_and_its_change(project):
    mutants = {(mutant.function, mutant.change): mutant.status for mutant in read_mutants(project)}
    assert mutants["pier.Pier.is_long", "- return metres > 100\n+ return metres >= 100"] == "survived"
    assert mutants["pier.toll", "- fee = axles * 2\n+ fee = axles / 2"] == "killed"
    assert mutants["pier.toll", "- return fee or 0\n+ return fee or 1"] == "survived"
    assert mutants["pier.lamps", "- return 4\n+ return 5"] == "no tests"


def test_what_lives_for_no_known_reason_is_listed_and_fails(project, capsys):
    _explained(project, ZERO + LAMPS)
    assert main([], project) == 1
    printed = capsys.readouterr().out
    assert "- return metres > 100\n+ return metres > 101" in printed
    assert "or 1" not in printed
    assert "return 5" not in printed


def test_nothing_is_listed_where_all_that_lives_is_explained(project, capsys):
    _explained(project, ZERO + EDGES + LAMPS)
    assert main([], project) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert " ".join(header.split()) == "mutants killed timeout explained survived no tests not checked other"
    assert [row.split() for row in rows] == [[name, *"84040000"] for name in ("pier", "all")]


def test_a_reason_that_nothing_needs_fails(project, capsys):
    stale = '[[explained]]\nwhere = "pier.toll"\nlike = "axles / 2"\nwhy = "Half a wheel."\n'
    gone = '[[explained]]\nwhere = "pier.bell"\nlike = "."\nwhy = "It rang once."\n'
    _explained(project, ZERO + EDGES + LAMPS + stale + gone)
    assert main([], project) == 1
    printed = capsys.readouterr().out
    assert printed.count("explains nothing that lives") == 2
    assert "pier.toll\naxles / 2" in printed
    assert "pier.bell" in printed


def test_a_selection_is_judged_by_itself(project, capsys):
    _explained(project, ZERO)
    assert main(["pier.x_toll*"], project) == 0
    assert "lamps" not in capsys.readouterr().out


def test_what_is_yet_to_be_checked_makes_no_reason_stale(ran):
    explanation = Explanation(where="pier.toll", why="Half a wheel.", like="axles / 2")
    checked = [mutant for mutant in read_mutants(ran) if mutant.function == "pier.toll"]
    assert judge(checked, [explanation]).stale == (explanation,)
    assert judge([*checked, replace(checked[0], status=UNCHECKED)], [explanation]).stale == ()


def test_a_module_that_is_gone_has_no_mutants(project):
    project.joinpath("pier.py").unlink()
    assert read_mutants(project) == ()


def test_what_lives_is_forgotten_and_what_died_is_not(ran, tmp_path, capsys):
    shutil.copytree(ran, tmp_path, dirs_exist_ok=True)
    assert main(["--again", "pier.x_toll*"], tmp_path) == 0
    assert capsys.readouterr().out == "1 living mutants will be checked again\n"
    changed = [
        (before.change, after.status)
        for before, after in zip(read_mutants(ran), read_mutants(tmp_path), strict=True)
        if before != after
    ]
    assert changed == [("- return fee or 0\n+ return fee or 1", UNCHECKED)]


@pytest.mark.parametrize("entry", ['why = "x"', 'why = "x"\nchange = "- a"\nlike = "a"', 'why = ""\nlike = "a"'])
def test_an_entry_without_a_reason_or_with_two_ways_to_find_its_mutants_is_refused(tmp_path, entry):
    path = tmp_path / "mutants.toml"
    path.write_text(f'[[explained]]\nwhere = "pier.toll"\n{entry}\n', "utf8")
    with pytest.raises(ValueError, match="a reason"):
        read_explanations(path)


def test_the_projects_own_explanations_are_whole():
    assert read_explanations(ROOT / "tests" / "mutants.toml")
