"""Programs run as children: each in a group of its own, its output in a file, ended in time.

It knows nothing of what the programs do; it refuses to leave one behind.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_TETHER = """
import ctypes, os, sys
parent, user, program = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
if user:
    import pwd
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 15)
    if os.getppid() != parent:
        sys.exit(1)
os.execv(program[0], program)
"""
"""Asks Linux for SIGTERM (15) when the parent dies (PR_SET_PDEATHSIG is 1); becomes the program.

It runs before the program rather than in a forked copy of this process, where threads would make
it unsafe. The user is changed first, because changing it afterwards would cancel the request.
"""


class Child:
    """One running program. `name`: what a person calls it; `log`: the file its output goes to."""

    def __init__(
        self,
        name: str,
        program: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: str = "",
    ) -> None:
        """Start the program (its path absolute), as another user if root and one is named."""
        self.name = name
        self.log = log
        command = [sys.executable, "-I", "-S", "-c", _TETHER, str(os.getpid()), user]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*command, *map(str, program)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The program's process id, which is also its group's."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def status(self) -> int | None:
        """What it returned: 0 for success, the negative number of the signal that ended it."""
        return self._process.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program alone, unless it has ended."""
        if self.running:
            self._process.send_signal(number)

    def last_words(self, lines: int = 20) -> str:
        """The end of its log, to say why it failed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def sweep(self) -> None:
        """Kill whatever is left of its group: the program, or children it left behind."""
        # Denied is what macOS answers for a group of which only a zombie is left.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


def end(
    children: Sequence[Child], *, within: float, how: signal.Signals = signal.SIGTERM
) -> list[Child]:
    """Ask the children to end together, kill those still there after `within` seconds.

    Returns those that had to be killed. No process of their groups is left afterwards.
    """
    for child in children:
        child.send(how)
    until = time.monotonic() + within
    while time.monotonic() < until and any(child.running for child in children):
        time.sleep(0.05)
    late = [child for child in children if child.running]
    for child in children:
        child.sweep()
    return late
