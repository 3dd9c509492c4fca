"""A running Plenary: its web server and workers as child processes, to be killed at will.

They are started with the options `make run` starts them with. It knows the application by its
settings, and its database's rows by the application made of the same settings; it refuses to know
what is asked or answered.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session, text

from core.app import create_app
from core.clock import now
from core.launch import _WEB, _WORKER
from core.processes import Child
from core.settings import ROOT, Settings
from movement.services.signin import start_session
from tests.performance.journey import Client
from tests.servers.ports import free_port, wait_for

WORKER_APP = "tests.faults.worker_app:celery"
"""The product's worker with shorter waits, so that a test can outlast them."""


def wait_until(holds: Callable[[], object], *, seconds: float = 25) -> bool:
    """Whether it came to hold within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


class Instance:
    """One installation in `folder`; nothing runs before it is started.

    `options` are settings by their names; without any it is what a newcomer runs.
    """

    def __init__(self, folder: Path, **options: Any) -> None:
        self.folder = folder
        self.port = free_port()
        values = {"data_dir": folder, "base_url": "http://localhost", **options}
        self.settings = Settings(**values)
        self.app = create_app(self.settings)
        self.environment = {
            **{name: v for name, v in os.environ.items() if not name.startswith("PLENARY_")},
            **{f"PLENARY_{name.upper()}": str(v) for name, v in values.items()},
            "PYTHONUNBUFFERED": "1",
        }
        self.children: list[Child] = []
        self.clients: list[Client] = []

    def session(self) -> Session:
        """A session of the test's own, to arrange and look; close it."""
        session: Session = self.app.extensions["sessions"]()
        return session

    def scalar(self, query: str, **values: object) -> Any:
        """The first value of a query, read outside any lock."""
        with self.app.extensions["sessions"](writing=False) as session:
            return session.execute(text(query), values).scalar()

    def _begin(self, name: str, words: list[str], **environment: str) -> Child:
        program = [str(Path(sys.executable)), "-m", *words]
        child = Child(
            name,
            program,
            log=self.folder / f"{name}-{len(self.children)}.log",
            env=self.environment | environment,
            cwd=ROOT,
        )
        self.children.append(child)
        return child

    def start_web(self, *options: str) -> Child:
        """Start the web server, with more options or others; return once its port answers.

        The application is loaded before the processes part, so that killed ones are soon replaced.
        """
        words = ["gunicorn", *_WEB, "--preload", f"--bind=127.0.0.1:{self.port}", *options]
        child = self._begin("web", words)
        if not wait_for(self.port):
            raise RuntimeError(child.last_words())
        return child

    def start_worker(self, name: str = "worker", **environment: str) -> Child:
        """Start a worker with its scheduler, waits shortened; return at once."""
        words = [word.replace("wsgi:celery", WORKER_APP) for word in _WORKER]
        schedule = f"--schedule={self.folder / f'schedule-{name}'}"
        return self._begin(name, ["celery", *words, schedule], **environment)

    def run(self, *words: str) -> Child:
        """Start one of the commands; return at once."""
        return self._begin("command", ["flask", "--app", "wsgi", *words])

    def kill(self, child: Child) -> None:
        """End a child and all of its group with SIGKILL, as a machine's power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.sweep()

    def web_workers(self) -> list[int]:
        """The ids of the processes that answer requests, children of the web server's master."""
        web = next(child for child in self.children if child.name == "web" and child.running)
        listed = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def kill_web_workers(self) -> None:
        """Kill the processes that answer requests; the master starts others."""
        for pid in self.web_workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def client(self, person_id: UUID) -> Client:
        """A browser of somebody who has signed in."""
        with self.session() as session:
            token = start_session(session, person_id, now=now())
            session.commit()
        return self.browser({"plenary": token})

    def browser(self, cookies: dict[str, str]) -> Client:
        """A browser that has these cookies already: another's, for a further connection of it."""
        client = Client(self.port, cookies=dict(cookies))
        self.clients.append(client)
        return client

    def close_browsers(self) -> None:
        """Cut the connections of all browsers."""
        while self.clients:
            self.clients.pop().connection.close()

    def close(self) -> None:
        """End everything at once; nothing is left behind."""
        self.close_browsers()
        for child in self.children:
            child.sweep()
        self.app.extensions["sessions"].dispose()


@contextmanager
def instance(folder: Path, **options: Any) -> Iterator[Instance]:
    """An installation on these settings, ended with all it started."""
    made = Instance(folder, **options)
    try:
        yield made
    finally:
        made.close()


class InBackground(threading.Thread):
    """A call that goes on while the test does something else; `result` is None while it lasts."""

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.result: Any = None
        self._call = call
        self.start()

    def run(self) -> None:
        """Keep the answer, or the error that came instead: whoever was answering may be killed."""
        try:
            self.result = self._call()
        except Exception as error:  # noqa: BLE001 -- the test says which it expects
            self.result = error

    def wait(self, seconds: float = 40) -> Any:
        """The answer or the error, once it is there."""
        self.join(seconds)
        return self.result
