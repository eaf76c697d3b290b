"""Each import contract is broken on purpose, in a copy of the tree: one that catches nothing guards nothing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BREACHES = [
    ("The line runs one way", "digest/reading/sentences.py", "import digest.store"),
    ("The line runs one way", "digest/model/reading.py", "import digest.reading.sentences"),
    ("The line runs one way", "digest/sources/web.py", "import digest.store"),
    ("The line runs one way", "digest/unheard_of.py", ""),
    ("The library knows no Discord and no clock", "digest/service/__init__.py", "import discord"),
    ("The library knows no Discord and no clock", "digest/service/__init__.py", "import bot.texts"),
    ("Thinking does no I/O", "digest/reading/sentences.py", "import os"),
    ("Thinking does no I/O", "digest/editions/compose.py", "import asyncio"),
    ("Thinking does no I/O", "bot/render/embeds.py", "import aiohttp"),
    ("The bot takes the library's public names only", "bot/delivery.py", "import digest.store"),
    ("The bot runs one way", "bot/texts/__init__.py", "import bot.app"),
    ("One door for each library", "digest/reading/brief.py", "import sumy"),
    ("One door for each library", "bot/delivery.py", "import sqlalchemy"),
    ("One door for each library", "bot/delivery.py", "import apscheduler"),
    ("One door for each library", "digest/sources/feeds.py", "import protego"),
    ("One door for each library", "digest/store/articles.py", "import pebble"),
    ("One door for each library", "bot/render/exports.py", "import icalendar"),
]


@pytest.fixture
def tree(tmp_path):
    for room in ("bot", "digest", "seeds"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.html", "*.xml"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(tree):
    """The names of the contracts that the tree breaks; the run must have judged every contract."""
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", linter, "--no-cache"]
    output = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tree), "COLUMNS": "200"}
    ).stdout
    assert "Contracts: " in output, output
    return set(re.findall(r"^(.+) BROKEN", output, re.MULTILINE))


def test_the_tree_as_it_is_keeps_every_contract(tree):
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_breach_is_caught(tree, contract, module, line):
    path = tree / module
    path.write_text((path.read_text("utf8") if path.exists() else "") + f"\n{line}\n", "utf8")
    assert contract in broken_contracts(tree)
