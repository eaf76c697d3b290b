"""The image, the compose file, the unit and the manual say what the program can do, and keep their rights few."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL
from configparser import ConfigParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.cli import parser
from bot.settings import Settings
from bot.status import serve_status

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs/operations.md").read_text("utf8")
IMAGE = (ROOT / "Dockerfile").read_text("utf8")
FILES = ("Dockerfile", ".dockerignore", "compose.yaml", "ops/onrecord.service", "docs/operations.md", "docs/threats.md")


def compose():
    # On 3.13 the lock has the same library under another name.
    yaml = import_module("yaml_ft" if find_spec("yaml_ft") else "yaml")
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf8"))


def commands():
    (action,) = [one for one in parser()._actions if one.dest == "command"]
    return set(action.choices)


def test_every_command_of_the_manual_exists():
    named = set(re.findall(r"onrecord ([a-z]+)\b", " ".join(re.findall(r"`[^`]+`|^    .+$", MANUAL, re.MULTILINE))))
    assert named >= {"doctor", "backup", "restore"}
    assert named - commands() - {"onrecord"} == set()


def test_every_setting_stands_in_the_manual():
    table = MANUAL[MANUAL.index("\n## Settings") : MANUAL.index("\n## Upgrade")]
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in table] == []


@pytest.mark.parametrize("page", ["docs/threats.md", "docs/operations.md"])
def test_every_file_that_a_page_names_is_there(page):
    text = (ROOT / page).read_text("utf8")
    named = re.findall(r"`((?:bot|digest|tests|ops|docs)/[\w./-]+)`", text)
    linked = re.findall(r"\]\(([\w./-]+)\)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [name for name in linked if not (ROOT / "docs" / name).resolve().exists()] == []


@pytest.mark.parametrize("name", FILES)
def test_no_file_names_an_index_of_packages(name):
    text = (ROOT / name).read_text("utf8")
    assert re.findall(r"(?i)pypi|index-url|trusted-host", text) == []


def test_the_image_installs_by_hash_and_runs_as_nobody_in_particular():
    _, build, final = IMAGE.split("\nFROM ")
    installs = re.findall(r"pip install (.+?)(?: \\\\)?$", build, re.MULTILINE)
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert all("--no-build-isolation" in one or "backend.lock" in one for one in installs)
    assert "pip" not in final
    assert re.search(r"^USER 10001:10001$", final, re.MULTILINE)
    assert 'ENTRYPOINT ["onrecord"]' in final  # no shell in between: it would keep SIGTERM to itself
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE)
    named = [name for line in copied for name in line.split()]
    assert [name for name in named if not (ROOT / name).exists()] == []
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf8").splitlines() if line.startswith("!")}
    assert set(named) == allowed


@pytest.mark.parametrize("name", sorted(compose()["services"]))
def test_every_service_has_few_rights_and_a_bound(name):
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["stop_grace_period"] == "30s"
    assert service["mem_limit"]
    assert "ports" not in service


def test_a_database_counts_as_started_when_others_can_reach_it():
    assert "-h 127.0.0.1" in " ".join(compose()["services"]["postgres"]["healthcheck"]["test"])


def test_what_is_built_from_source_is_built_by_a_backend_of_the_lock():
    makefile = (ROOT / "Makefile").read_text("utf8")
    (cut,) = set(re.findall(r"sed -n '/(\S+)/,/# via/p'", IMAGE + makefile))
    assert re.search(cut, (ROOT / "requirements.lock").read_text("utf8"), re.MULTILINE)
    locked = re.findall(r"pip install .*-r (\S+)", makefile)
    assert sorted(locked) == ["$(1)"] * 2 + [".venv/backend.lock"] * 2
    assert len(re.findall(r"--require-hashes --no-build-isolation -r \$\(1\)", makefile)) == 2


async def probe(address):
    """The exit status of the image's health check with this STATUS_ADDRESS."""
    command = json.loads(re.search(r"^HEALTHCHECK .+\\\n  CMD (.+)$", IMAGE, re.MULTILINE)[1])
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command[1:], env={"STATUS_ADDRESS": address}, stderr=DEVNULL
    )
    return await process.wait()


async def test_each_service_is_asked_for_its_health_where_it_answers():
    assert f"'{Settings.model_fields['status_address'].default}'" in IMAGE
    troubles = []

    class Answers:
        async def health(self):
            return tuple(troubles)

        readiness = exposition = health

    async with serve_status(Answers(), "127.0.0.1", 0, content_type="text/plain") as port:
        assert await probe(f"127.0.0.1:{port}") == 0
        troubles.append("the database")
        assert await probe(f"127.0.0.1:{port}") == 1
    assert await probe(f"127.0.0.1:{port}") == 1
    assert await probe("off") == 0


def test_each_role_of_the_scaled_set_is_what_the_command_line_takes():
    for service in compose()["services"].values():
        if "run" in (command := service.get("command", ())):
            assert parser().parse_args(command).role == command[1]


def test_without_a_profile_one_service_starts_and_scaled_adds_six():
    services = compose()["services"]
    assert [name for name, one in services.items() if "profiles" not in one] == ["onrecord"]
    scaled = [one["command"] for one in services.values() if "run" in one.get("command", ())]
    assert sorted(one[3] for one in scaled if one[1] == "gateway") == ["0/2", "1/2"]
    assert sorted(one[1] for one in scaled) == ["clock", "gateway", "gateway", "worker", "worker"]


def test_the_unit_waits_for_what_is_being_posted_and_starts_no_wrong_settings_again():
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(ROOT / "ops/onrecord.service", "utf8")
    service = unit["Service"]
    assert int(service["TimeoutStopSec"]) > 20
    assert service["RestartPreventExitStatus"] == "2"
    assert (service["NoNewPrivileges"], service["ProtectSystem"], service["DynamicUser"]) == ("yes", "strict", "yes")
