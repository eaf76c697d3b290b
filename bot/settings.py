"""Typed settings from the environment and `.env`; nothing is read at import, all complaints come together."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import texts
from bot.errors import SettingsError

_API = "/api/v10"  # of discord.com, and of the proxies that take its place: nirn-proxy, twilight's http-proxy
_FILE, _SERVER = "sqlite+aiosqlite:///", "postgresql+psycopg://"


def _known_database(url: str) -> str:
    if not url.startswith((_FILE, _SERVER)):
        raise ValueError(texts.SETTING_DATABASE)
    if url.startswith(_SERVER) and not _is_unambiguous(url):
        raise ValueError(texts.SETTING_DATABASE_SIGNS)
    return url


def _is_unambiguous(url: str) -> bool:
    """Return whether all read the address alike: half of a password with an @ in it would be taken for the host."""
    try:
        return urlsplit(url).port != 0 and url.count("@") <= 1
    except ValueError:  # which repeats what was given
        return False


def _one_word(token: SecretStr) -> SecretStr:
    if not token.get_secret_value().isascii() or len(token.get_secret_value().split()) != 1:
        raise ValueError(texts.SETTING_TOKEN)
    return token


def _api_address(url: str) -> str:
    """Return the address before which all paths of Discord's REST API go: of a host alone, its version 10."""
    address = url.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        is_reachable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # which repeats what was given
        raise ValueError(texts.SETTING_API) from None
    if not is_reachable or any(one in address for one in "@?#\\ ") or not (address.isascii() and address.isprintable()):
        raise ValueError(texts.SETTING_API)
    return address if parts.path else address + _API


def split_address(address: str) -> tuple[str, int] | None:
    """Return host and port of STATUS_ADDRESS, None where it is "off"; ValueError for anything else."""
    if address == "off":
        return None
    parts = urlsplit(f"//{address}")
    if not parts.hostname or not parts.port or parts.netloc != address or "@" in address:
        raise ValueError(texts.SETTING_STATUS)
    return parts.hostname, parts.port


def _known_address(address: str) -> str:
    split_address(address)
    return address


class Settings(BaseSettings):
    """All that an operator can choose. Every field is an environment variable of the same name, in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8")

    discord_token: Annotated[SecretStr, AfterValidator(_one_word)] | None = None
    database_url: Annotated[str, AfterValidator(_known_database)] = "sqlite+aiosqlite:///data/onrecord.sqlite3"
    discord_api_url: Annotated[str, AfterValidator(_api_address)] | None = None
    development_guild_id: Annotated[int, Field(gt=0)] | None = None
    reading_processes: Annotated[int, Field(ge=1, le=64)] = 1
    text_days: Annotated[int, Field(ge=1, le=3650)] = 30
    allow_private_networks: bool = False
    contact_url: HttpUrl | None = None
    status_address: Annotated[str, AfterValidator(_known_address)] = "127.0.0.1:9464"
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def from_env(cls, dotenv: Path | None = Path(".env")) -> "Settings":
        """Return the settings of the environment, which wins, and of `dotenv`; an empty value counts as unset.

        Raises:
            SettingsError: with everything that is missing or wrong, by name.
        """
        try:
            return cls(_env_file=dotenv)  # type: ignore[call-arg]  # an argument of pydantic-settings, unknown to mypy
        except ValidationError as error:
            # The message must not repeat what was given: it may be a secret in the wrong place.
            problems = [
                (name, texts.SETTINGS.get(name) or one["msg"].removeprefix("Value error, "))
                for one in error.errors()
                for name in (str(one["loc"][0]).upper(),)
            ]
            raise SettingsError(problems) from None

    @property
    def secrets(self) -> tuple[str, ...]:
        """The token, and the passwords in the database's address, as they stand there: they may be shown nowhere."""
        token = [self.discord_token.get_secret_value()] if self.discord_token else []
        return (*token, *_passwords_in(self.database_url))


def _passwords_in(url: str) -> tuple[str, ...]:
    start = re.match(r"[^:/]+://[^:@/]*:(.*)@", url)
    found = [start[1]] if start else []
    with suppress(ValueError):
        options = parse_qs(urlsplit(url).query)
        found += [*options.get("password", []), *options.get("sslpassword", [])]
    return tuple(found)
