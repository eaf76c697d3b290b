"""One log for the bot and the libraries below it, for people or as JSON, in which no secret is ever written."""

import logging
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.settings import Settings

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)

# At INFO apscheduler tells of every tick, procrastinate of every job and alembic of every start; at DEBUG discord.py
# prints every payload. A tick that lasts and a database that is away, of which they warn again and again, we tell once.
_LEAST: Mapping[str, int] = {
    "discord": logging.WARNING,
    "alembic": logging.WARNING,
    "procrastinate": logging.WARNING,
    "apscheduler": logging.ERROR,
    "psycopg": logging.ERROR,
}


class _Redactor:
    """Puts three asterisks wherever a secret stands, in the finished line: nothing can be added behind it."""

    def __init__(self, render: Processor, secrets: Sequence[str]) -> None:
        self._render = render
        self._secrets = tuple(secrets)

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> str:
        line = str(self._render(logger, name, event))
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


def configure_logging(settings: Settings, stream: TextIO = sys.stderr) -> None:
    """Send all logging of this process to `stream`: our own at the level of the settings, libraries' from WARNING."""
    is_json = settings.log_format == "json"
    chain: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if is_json:
        chain.append(structlog.processors.dict_tracebacks)
    render: Processor = (
        structlog.processors.JSONRenderer()
        if is_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)
    )
    secrets = [settings.discord_token.get_secret_value()] if settings.discord_token else []
    chain.append(_Redactor(render, secrets))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_SHARED, processors=chain))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(settings.log_level)))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
