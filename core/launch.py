"""`make run`: everything one machine needs, started together, watched, and ended together.

It prepares the database with the same commands an administrator uses, then runs the web server and
the worker with its scheduler. It knows the application only by its commands and its web address.
"""

import http.client
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from core.preflight import NotReady, check_data_dir, check_port, check_python, hold, port_from
from core.prepare import heading
from core.processes import Child, end

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 8.0
"""Seconds the parts have to end by themselves, so that all is over within ten."""
PREPARATION = ("db upgrade", "movement load --unless-loaded")
"""What staff corrected in the directory since the first start stays as it is."""
FIRST_ANSWER = 60.0
"""Seconds the web server has for its first answer."""


class Stopped(Exception):
    """The person asked to end it."""


class Failed(Exception):
    """A part ended by itself; the message is the sentence that says which, and where its log is."""


class Launch:
    """One run on one data folder. Leaving the block ends whatever it started."""

    def __init__(self, port: int, data: Path) -> None:
        """Work out the environment of the parts; nothing starts yet."""
        self.port = port
        self.logs = data / "log"
        self.children: list[Child] = []
        self.stop = threading.Event()
        self.environment = {
            "PLENARY_ENVIRONMENT": "development",
            "PLENARY_BASE_URL": f"http://127.0.0.1:{port}",
            "PYTHONUNBUFFERED": "1",
            **os.environ,
            "PLENARY_DATA_DIR": str(data),
        }
        self.schedule = data / "schedule"

    def __enter__(self) -> Self:
        """From now on SIGINT and SIGTERM end it, and a closed terminal unless run by nohup."""
        numbers = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
        if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
            numbers.remove(signal.SIGHUP)
        for number in numbers:
            signal.signal(number, lambda *_: self.stop.set())
        return self

    def __exit__(self, *_: object) -> None:
        """End every part; none is left behind."""
        end(self.children, within=PATIENCE)

    def begin(self, name: str, log: str, *words: str) -> Child:
        """Start a part: a Python module with its arguments. Its log of the last run is kept."""
        path = self.logs / f"{log}.log"
        if path.exists():
            path.replace(self.logs / f"{log}.previous.log")
        program = [sys.executable, "-m", *words]
        child = Child(name, program, log=path, env=self.environment, cwd=ROOT)
        self.children.append(child)
        return child

    def prepare(self, *commands: str) -> str:
        """Run commands of the application; what the last printed, or raise Failed."""
        child = self.begin("preparation", "prepare", "core.prepare", *commands)
        while child.running:
            self.pause(0.02)
        self.children.remove(child)
        if child.status:
            raise Failed(f"{child.last_words(1)} (The {child.name} failed: see {child.log}.)")
        return (
            child.log.read_text(errors="replace").rpartition(heading(commands[-1]))[2].strip("\n")
        )

    def pause(self, seconds: float) -> None:
        """Wait; raise Stopped as soon as someone asks to end it."""
        if self.stop.wait(seconds):
            raise Stopped

    def watch(self) -> None:
        """Raise Failed if a part has ended."""
        for child in self.children:
            if not child.running:
                raise Failed(f"The {child.name} ended unexpectedly; its log is {child.log}.")

    def start(self) -> None:
        """Start the web server and the worker; return once the web server answers."""
        self.begin("web server", "web", "gunicorn", *_WEB, f"--bind=127.0.0.1:{self.port}")
        self.begin("worker", "worker", "celery", *_WORKER, f"--schedule={self.schedule}")
        until = time.monotonic() + FIRST_ANSWER
        while not self.healthy():
            if time.monotonic() > until:
                raise Failed(f"The web server does not answer; its log is {self.logs}/web.log.")
            self.watch()
            self.pause(0.1)

    def healthy(self) -> bool:
        """Whether the web server answers, asked by the name it goes by."""
        host = urlsplit(self.environment["PLENARY_BASE_URL"]).netloc
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health", headers={"Host": host})
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def welcome(self, links: str) -> None:
        """Print where it is and how to sign in."""
        print(f"\nPlenary is ready at {self.environment['PLENARY_BASE_URL']}")
        if links:
            print(f"\nSign in as\n{links}")
        print(f"\nLogs are in {self.logs}. Ctrl-C ends it.", flush=True)

    @property
    def development(self) -> bool:
        """Whether the demonstration belongs here."""
        return self.environment["PLENARY_ENVIRONMENT"] == "development"

    def run(self) -> None:
        """Prepare, start, and watch until a part ends or someone asks to stop."""
        links = ""
        if self.development:
            links = self.prepare(*PREPARATION, "demo load --unless-removed", "demo links")
        else:
            self.prepare(*PREPARATION)
        self.start()
        self.welcome(links)
        while True:
            self.watch()
            self.pause(0.2)


_WEB = (
    "wsgi:app",
    "--worker-class=gthread",
    "--workers=2",
    "--threads=8",
    f"--graceful-timeout={PATIENCE - 2:.0f}",
    "--no-control-socket",
)
_WORKER = (
    *("-A", "wsgi:celery", "worker", "--beat", "--pool=threads", "--concurrency=2"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO"),
)


def main() -> int:
    """Run until told to stop; the status for the shell, 1 after a sentence on standard error."""
    try:
        check_python()
        port = port_from(os.environ.get("PORT") or "8000")
        data = Path(ROOT, os.environ.get("PLENARY_DATA_DIR") or "var").resolve()
        check_data_dir(data)
        with hold(data):
            check_port(port)
            with Launch(port, data) as launch:
                print("Preparing the database...", flush=True)
                launch.run()
    except Stopped:
        print("Plenary has ended.", flush=True)
    except (NotReady, Failed) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
