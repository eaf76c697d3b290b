"""Rules of the house that no linter has."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import digest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path for room in ("bot", "digest", "bench") for path in (ROOT / room).rglob("*.py") if "versions" not in path.parts
)
VAGUE = {
    "utils",
    "helpers",
    "common",
    "misc",
    "base",
    "manager",
    "handler",
    "processor",
    "engine",
    "data",
    "info",
    "item",
    "obj",
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_at_most_300_lines_and_a_function_40(path):
    source = path.read_text("utf8")
    assert len(source.splitlines()) <= 300
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [f.name for f in functions if f.end_lineno - f.lineno >= 40] == []


def test_no_module_is_named_for_nothing():
    assert [path for path in MODULES if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_env_example_lists_every_setting_and_no_other():
    from bot.settings import Settings

    listed = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf8"), re.MULTILINE)
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


def test_every_dependency_is_named_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    names = [re.split(r"[\[><=;]", wanted)[0] for wanted in project["project"]["dependencies"]]
    third_party = (ROOT / "THIRD_PARTY.md").read_text("utf8")
    assert [name for name in names if name not in third_party] == []


def test_every_public_name_of_the_library_is_there():
    assert [name for name in digest._HOMES if not hasattr(digest, name)] == []


def test_the_library_has_no_name_that_it_does_not_know():
    with pytest.raises(AttributeError, match="no attribute 'rewrite_quote'"):
        _ = digest.rewrite_quote


def test_the_bots_own_process_loads_no_library_that_reads():
    program = "import sys, bot.app, bot.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert {"spacy", "sumy", "sklearn", "nltk", "trafilatura", "feedparser", "nupunkt"}.isdisjoint(loaded)
    assert "bot.app" in loaded


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_a_hash_for_every_package_and_no_address(lock):
    text = (ROOT / lock).read_text("utf8")
    packages = re.findall(r"^\S+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(packages) > 80
    assert [package.split("\n")[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text
