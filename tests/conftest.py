"""How all tests run: the same examples on CI, no clock that judges them, and no log that another test set up."""

import logging
import os

import pytest
import structlog
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

os.environ["STATUS_ADDRESS"] = (
    "off"  # of the programs that tests start only one could have the port, and a bot here may
)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr("digest.service.suggesting.PATIENCE_SECONDS", 60.0)  # a busy machine is no reason to fail


@pytest.fixture(autouse=True)
def _no_log_of_another_test():
    yield
    root = logging.getLogger()
    ours = [handler for handler in root.handlers if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)]
    for handler in ours:
        root.removeHandler(handler)
    root.setLevel(logging.WARNING)
    for name in ("discord", "apscheduler", "alembic", "procrastinate", "psycopg"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres():
    """A server that is started for the first test that asks for it."""
    from tests.postgres import Server, find_programs

    server = Server(find_programs())
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request, tmp_path):
    """Where databases come from, on all that are supported: `async with databases.database() as url`."""
    from tests.stores import SqliteFiles

    if request.param == "sqlite":
        return SqliteFiles(tmp_path)
    return request.getfixturevalue("postgres")
