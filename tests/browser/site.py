"""A whole Plenary on this machine: a web server, and where asked a worker with its scheduler.

The data folder is a copy of one prepared once per run: directory and demonstration loaded. It
refuses to know what is on the pages.
"""

import fcntl
import http.client
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlmodel import Session, create_engine

from core.app import create_app
from core.clock import now
from core.processes import Child, end
from core.settings import Settings
from movement.queries.people import find_person
from movement.services.signin import make_link, start_session
from tests.servers.ports import free_port
from tests.servers.smtp import Mailbox

ROOT = Path(__file__).resolve().parents[2]
PREPARATION = ("db upgrade", "movement load", "demo load")
PREPARED_FOR = "http://127.0.0.1:8000"
AWAITED = ("KEN", "JOR", "LBN")
"""The Societies whose focal points wait for their invitation."""
FIRST_ANSWER = 60.0
"""Seconds the web server has for its first answer, on a busy machine."""
WEB = ("--worker-class=gthread", "--workers=1", "--threads=8", "--no-control-socket")
WORKER = (
    *("-A", "wsgi:celery", "worker", "--beat", "--pool=threads", "--concurrency=2"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO"),
)


def environment(data: Path, **settings: str) -> dict[str, str]:
    """This process's environment with our settings and no others."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PLENARY_")}
    ours = {"PLENARY_DATA_DIR": str(data), "PLENARY_ENVIRONMENT": "development", **settings}
    return {**kept, **ours}


def prepared(folder: Path) -> Path:
    """The data folder everyone's site is copied from; the first process to ask prepares it."""
    data, done = folder / "prepared", folder / "prepared.done"
    with (folder / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            command = [sys.executable, "-m", "core.prepare", *PREPARATION]
            subprocess.run(
                command,
                cwd=ROOT,
                env=environment(data, PLENARY_BASE_URL=PREPARED_FOR),
                check=True,
                capture_output=True,
            )
            shutil.rmtree(data / "queue", ignore_errors=True)  # nobody is to be woken by a copy
            done.touch()
    return data


class Site:
    """One running site with a database of its own."""

    def __init__(self, data: Path, templates: Path, smtp: Mailbox | None = None) -> None:
        """Choose a port. `smtp`: the mail server; with it runs a worker that delivers.

        `templates`: the folder for compiled ones.
        """
        self.data = data
        self.templates = templates
        self.smtp = smtp
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._children: list[Child] = []
        engine = create_engine(f"sqlite:///{data / 'plenary.sqlite3'}")
        self._engine = engine

    @property
    def environment(self) -> Mapping[str, str]:
        """What the parts are started with."""
        smtp = {"PLENARY_SMTP_URL": f"smtp://127.0.0.1:{self.smtp.port}"} if self.smtp else {}
        ours = {"PLENARY_BASE_URL": self.url, "TEST_TEMPLATES": str(self.templates)}
        return environment(self.data, **ours, **smtp)

    def start(self) -> None:
        """Start the parts, and return once the web server answers."""
        self._begin(
            "web", "gunicorn", "tests.servers.web:app", *WEB, f"--bind=127.0.0.1:{self.port}"
        )
        if self.smtp:
            schedule = f"--schedule={self.data / 'schedule'}"
            self._begin("worker", "celery", *WORKER, schedule)
        until = time.monotonic() + FIRST_ANSWER
        while not self._healthy():
            assert self._children[0].running, self._children[0].last_words()
            assert time.monotonic() < until, self._children[0].last_words()
            time.sleep(0.05)

    def address_letters(self) -> None:
        """Make the prepared invitations lead to this site; all but a few count as sent before.

        Two hundred mails would keep the worker from those a test waits for.
        """
        self.sql("UPDATE mail SET body = replace(body, ?, ?)", PREPARED_FOR, self.url)
        few = ", ".join(f"'focal-point.{code.lower()}@demo.invalid'" for code in AWAITED)
        self.sql(
            f"UPDATE mail SET state = 'sent', sent_at = created_at WHERE to_address NOT IN ({few})"
        )

    def stop(self) -> None:
        """End all of it."""
        end(self._children, within=8)
        self._engine.dispose()

    def _begin(self, name: str, module: str, *words: str) -> None:
        program = [sys.executable, "-m", module, *words]
        log = self.data / f"{name}.log"
        self._children.append(Child(name, program, log=log, env=dict(self.environment), cwd=ROOT))

    def _healthy(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/health")
                return connection.getresponse().status == http.HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                return False

    def command(self, *words: str) -> str:
        """Run `flask WORDS` on this site, as an administrator would; return what it printed."""
        program = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        done = subprocess.run(
            program, cwd=ROOT, env=dict(self.environment), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command_here(self, *words: str) -> str:
        """The same in this process, which spares starting one: to arrange, not to try commands."""
        settings = Settings(data_dir=self.data, base_url=self.url)
        app = create_app(settings)
        done = app.test_cli_runner().invoke(args=list(words))
        app.extensions["sessions"].dispose()
        assert done.exit_code == 0, done.output
        return done.stdout

    def session_token(self, email: str) -> str:
        """The cookie's token of a session begun for this person, as a used link would begin one."""
        with Session(self._engine) as session:
            person = find_person(session, email)
            assert person is not None, email
            token = start_session(session, person.id, now=now())
            session.commit()
        return token

    def link_token(self, email: str) -> str:
        """The token of a fresh sign-in link for this person, as if it had been mailed."""
        with Session(self._engine) as session:
            person = find_person(session, email)
            assert person is not None, email
            token = make_link(session, person.id, next_path="", now=now())
            session.commit()
        return token

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement on the database, beside the site: to look, or to bring about a state.

        Ids are stored as 32 hexadecimal digits without dashes.
        """
        path = self.data / "plenary.sqlite3"
        with closing(sqlite3.connect(path, timeout=15)) as connection, connection:
            return list(connection.execute(statement, values))


@contextmanager
def running(
    template: Path, data: Path, templates: Path, smtp: Mailbox | None = None
) -> Iterator[Site]:
    """A site on a copy of the prepared data, gone at the end."""
    shutil.copytree(template, data)
    site = Site(data, templates, smtp)
    site.address_letters()
    try:
        site.start()
        yield site
    finally:
        site.stop()
