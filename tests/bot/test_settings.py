"""Settings come from the environment and .env, and complain of everything at once."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot import texts
from bot.errors import SettingsError, explain
from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
NAMES = {name.upper() for name in Settings.model_fields}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def load(tmp_path, text):
    dotenv = tmp_path / ".env"
    dotenv.write_text(text, "utf-8")
    return Settings.from_env(dotenv)


def test_nothing_has_to_be_set(tmp_path):
    settings = Settings.from_env(tmp_path / "absent")
    assert settings.discord_token is None
    assert settings.database_url.startswith("sqlite+aiosqlite:///data/")


def test_a_file_is_read_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = load(tmp_path, "LOG_LEVEL=DEBUG\nREADING_PROCESSES=3\nSOMETHING_ELSE=1\n")
    assert (settings.log_level, settings.reading_processes) == ("ERROR", 3)


def test_an_empty_value_counts_as_unset(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert load(tmp_path, "\n".join(f"{name}=" for name in NAMES)) == Settings.from_env(None)


def test_everything_wrong_is_named_at_once_and_no_value_is_repeated(tmp_path):
    with pytest.raises(SettingsError) as caught:
        load(
            tmp_path,
            "DISCORD_TOKEN='two hidden words'\nDATABASE_URL=mysql://hidden\nREADING_PROCESSES=many-hidden\n"
            "LOG_FORMAT=hidden\nDEVELOPMENT_GUILD_ID=-1\nCONTACT_URL=hidden\nALLOW_PRIVATE_NETWORKS=hidden\n"
            "LOG_LEVEL=hidden\nTEXT_DAYS=hidden\nDISCORD_API_URL=http://proxy:hidden\nSTATUS_ADDRESS=here:hidden\n",
        )
    assert {name for name, _ in caught.value.problems} == NAMES
    sentence = explain(caught.value)
    assert all(name in sentence for name in NAMES)
    assert "hidden" not in sentence
    assert caught.value.__cause__ is None


SENTENCES = {value for value in vars(texts).values() if isinstance(value, str)} | set(texts.SETTINGS.values())


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "99999999999", "many", "maybe", "ftp://x", "http://", "\N{BELL}"])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_whatever_is_wrong_with_a_setting_is_told_in_a_sentence_of_ours(tmp_path, name, given):
    try:
        load(tmp_path, f"{name}='{given}'\n")
    except SettingsError as error:
        assert {(one, why in SENTENCES) for one, why in error.problems} == {(name, True)}  # noqa: PT017 -- few raise


def test_the_sentences_name_the_bounds_that_hold(tmp_path):
    for name in ("READING_PROCESSES", "TEXT_DAYS"):
        least, most = map(int, re.findall(r"\d+", texts.SETTINGS[name]))
        for right in (least, most):
            load(tmp_path, f"{name}={right}\n")
        for wrong in (least - 1, most + 1):
            with pytest.raises(SettingsError):
                load(tmp_path, f"{name}={wrong}\n")
    for name in ("LOG_FORMAT", "LOG_LEVEL", "ALLOW_PRIVATE_NETWORKS"):
        for allowed in re.findall(r"\w+", texts.SETTINGS[name].removeprefix("must be ").replace(" or ", " ")):
            load(tmp_path, f"{name}={allowed}\n")


def test_passwords_among_the_options_of_an_address_are_secrets_too(tmp_path):
    url = "postgresql+psycopg://bot:first@host/name?password=sec%40ond&sslpassword=third&sslmode=require"
    assert load(tmp_path, f"DATABASE_URL='{url}'\n").secrets == ("first", "sec@ond", "third")


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://nirn:8080/", "http://nirn:8080/api/v10"),
        ("https://proxy.example/discord/api/v10/", "https://proxy.example/discord/api/v10"),
        ("http://[::1]:8080/api/v10", "http://[::1]:8080/api/v10"),
    ],
)
def test_the_address_of_a_proxy_gets_the_path_of_discords_api_where_it_has_none(tmp_path, given, taken):
    assert load(tmp_path, f"DISCORD_API_URL={given}\n").discord_api_url == taken


@pytest.mark.parametrize(
    "given",
    [
        *("nirn:8080", "ftp://nirn", "http://", "http:///api", "http://[::1", "http://a:99999", "http://a:0"),
        *("http://name:word@nirn", "http://nirn/?x=1", "http://nirn/#x", "'http://nirn /api'", "http://n\u00efrn"),
        "http://nirn\\@other",
    ],
)
def test_what_is_no_address_of_a_proxy_is_said(tmp_path, given):
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, f"DISCORD_API_URL={given}\n")
    assert [name for name, _ in caught.value.problems] == ["DISCORD_API_URL"]


@pytest.mark.parametrize(
    "given",
    [
        *("user:hidden@hidden2@host/name", "user:1?hidden@hidden2@host/name", "user:hidden/2@host/name"),
        *("user:hidden#2@host/name", "user:[hidden@host/name", "user:word@host:hidden/name", "host:0/name"),
    ],
)
def test_the_address_of_a_server_that_can_be_misread_is_said_without_any_of_it(tmp_path, given):
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, f"DATABASE_URL='postgresql+psycopg://{given}'\n")
    assert [name for name, _ in caught.value.problems] == ["DATABASE_URL"]
    assert "%40" in explain(caught.value)
    assert "hidden" not in explain(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        *("user:p%40ss%2Fword@host:5432/name", "user@host/name?sslmode=require", "user@[::1]:5432/name"),
        *("/name?host=/run/postgresql&user=somebody", "", "user:a:b@host/name"),
    ],
)
def test_the_address_of_a_server_is_taken_as_it_is(tmp_path, given):
    url = f"postgresql+psycopg://{given}"
    assert load(tmp_path, f"DATABASE_URL='{url}'\n").database_url == url


def test_a_token_does_not_show_itself(tmp_path):
    settings = load(tmp_path, "DISCORD_TOKEN=abc.def.ghi\n")
    assert settings.discord_token == SecretStr("abc.def.ghi")
    assert "abc" not in f"{settings} {settings!r}"


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        Settings.from_env(None).log_level = "DEBUG"


def test_the_example_lists_every_setting_and_only_those_with_the_defaults(tmp_path):
    text = EXAMPLE.read_text("utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)) == NAMES
    assert load(tmp_path, text) == Settings.from_env(None)
