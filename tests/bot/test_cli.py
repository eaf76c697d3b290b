"""The command line as a program: real processes, real files, exit statuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from bot import cli

ROOT = Path(__file__).parents[2]
TEXT = "“Nobody left the room happy,” said Ilse Brandt. The ports will inspect every ship.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Somewhere without a .env, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    return tmp_path


def onrecord(*arguments, **settings):
    environment = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"} | settings
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=200,
        check=False,
    )


def test_several_inputs_give_json_lines_of_what_can_be_read_and_a_sentence_for_each_that_cannot(folder):
    (folder / "a.txt").write_bytes(f"\ufeff{TEXT}".encode())
    (folder / "word.txt").write_text("Word")
    (folder / "marks.txt").write_text("“ ” \" ' «»")
    (folder / "rtl.txt").write_text("قال الوزير إن الجسر سيفتح غدا. 🙂👩‍👩‍👧", "utf-8")
    (folder / "bad.txt").write_bytes(b"caf\xe9")
    done = onrecord("read", "a.txt", "missing.txt", "word.txt", "bad.txt", "marks.txt", "rtl.txt", "--json")
    assert done.returncode == 2
    schema = json.loads((ROOT / "digest" / "brief.schema.json").read_text("utf-8"))
    read = [json.loads(line) for line in done.stdout.splitlines()]
    for one in read:
        jsonschema.validate(one, schema)
    assert [one["article"]["text"] for one in read[:2]] == [TEXT, "Word"]
    assert len(read) == 4
    assert done.stderr.splitlines() == [
        "missing.txt: There is no such file.",
        "bad.txt: The file is not UTF-8 text.",
    ]


def test_an_article_is_previewed_as_a_page(folder):
    (folder / "report.txt").write_text(TEXT, "utf-8")
    previewed = onrecord("preview", "report.txt", "--output", "pages/p.html")
    assert (previewed.returncode, previewed.stderr) == (0, "")
    assert "pages/p.html" in previewed.stdout
    assert "report" in (folder / "pages" / "p.html").read_text("utf-8")


def test_wrong_settings_are_all_named_with_status_2(monkeypatch, capsys):
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("READING_PROCESSES", "none")
    assert cli.main([]) == 2
    complaint = capsys.readouterr().err
    assert "LOG_LEVEL" in complaint
    assert "READING_PROCESSES" in complaint


@pytest.mark.parametrize(
    ("arguments", "command", "stays"),
    [([], None, False), (["run"], "run", False), (["--stay"], None, True), (["run", "--stay"], "run", True),
     (["--stay", "run"], "run", True)],
)  # fmt: skip
def test_the_bot_stays_where_that_is_asked_for(arguments, command, stays):
    options = cli.parser().parse_args(arguments)
    assert (options.command, options.stay) == (command, stays)


def test_preview_without_inputs_shows_the_bundled_edition_also_with_a_token(folder):
    done = onrecord("preview", "--output", "there.html", DISCORD_TOKEN="x.y.z")
    assert (done.returncode, done.stderr) == (0, "")
    assert "there.html" in done.stdout
    assert "<html" in (folder / "there.html").read_text("utf-8")


def test_an_unknown_command_is_told_with_status_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["dance"])
    assert stopped.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_the_version_is_that_of_the_distribution(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == "onrecord 0.1.0\n"
