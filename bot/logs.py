"""One log for the bot and the libraries below it, for people or as JSON, in which no secret is ever written."""

import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import TextIO

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.redaction import Redaction
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
    """Renders the line as the last step, so that nothing can be added behind it, and lets no secret into it."""

    def __init__(self, render: Processor, redaction: Redaction, *, is_json: bool) -> None:
        self._render = render
        self._redaction = redaction
        self._is_json = is_json

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> str:
        if self._is_json:  # before: a line of JSON must stay one, whatever a secret looks like
            event = {key: self._redaction.value(value) for key, value in event.items()}
            return str(self._render(logger, name, event))
        return self._redaction.text(str(self._render(logger, name, event)))


class _Role:
    def __init__(self, role: str) -> None:
        self._role = role

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        event.setdefault("role", self._role)
        return event


class _Stream(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        # Python would print the line with all that it was given, secrets too.
        with suppress(OSError, ValueError):
            self.stream.write(
                f'{{"level": "error", "event": "a line could not be written", "logger": "{record.name}"}}\n'
            )


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Take the place of Python's own last words, which would be no line of this log, and hide nothing."""
    logging.getLogger(__name__).critical("ended by an error", exc_info=(kind, error, trace))


def configure_logging(settings: Settings, stream: TextIO = sys.stderr, *, role: str = "run") -> None:
    """Send all logging of this process to `stream`: our own at the level of the settings, libraries' from WARNING.

    Each line bears the role. JSON is one object a line, with timestamp, level, event and logger. An error that nobody
    catches is logged too.
    """
    is_json = settings.log_format == "json"
    chain: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if is_json:
        chain.append(structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)))
    render: Processor = (
        structlog.processors.JSONRenderer()
        if is_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)
    )
    chain.append(_Redactor(render, Redaction(settings.secrets), is_json=is_json))
    handler = _Stream(stream)
    shared: tuple[Processor, ...] = (*_SHARED, _Role(role))
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=chain))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    sys.excepthook = _log_uncaught
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(settings.log_level)))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
