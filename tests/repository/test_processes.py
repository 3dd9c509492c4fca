"""Child programs end in time with whatever they started, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.processes import Child, end

SHELL = "/bin/sh"

STUBBORN = "trap '' TERM; sleep 300 & echo $!; wait"
"""It ignores SIGTERM, and so does the child it starts, whose id it prints."""

PARENT = """
import sys, time
from pathlib import Path
from core.processes import Child
child = Child("sleeper", ["/bin/sleep", "300"], log=Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(300)
"""


def wait_until(holds: Callable[[], bool], *, seconds: float = 10) -> bool:
    """Whether it came to hold within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    """Whether a process with this id is there, a zombie not counted."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_a_child_that_obeys_is_not_killed(tmp_path: Path) -> None:
    child = Child("sleeper", [SHELL, "-c", "echo up; exec sleep 300"], log=tmp_path / "log")
    assert wait_until(lambda: child.last_words() == "up")

    late = end([child], within=10)

    assert late == []
    assert child.status == -signal.SIGTERM


def test_a_child_that_ignores_the_request_is_killed_with_its_own_children(tmp_path: Path) -> None:
    child = Child("stubborn", [SHELL, "-c", STUBBORN], log=tmp_path / "log")
    assert wait_until(lambda: child.last_words().isdecimal())
    grandchild = int(child.last_words())

    late = end([child], within=0.2)

    assert late == [child]
    assert child.status == -signal.SIGKILL
    assert wait_until(lambda: not alive(grandchild))


def test_what_a_child_leaves_behind_is_swept_up(tmp_path: Path) -> None:
    child = Child("careless", [SHELL, "-c", "sleep 300 & echo $!"], log=tmp_path / "log")
    assert wait_until(lambda: not child.running)
    left = int(child.last_words())
    assert alive(left)

    end([child], within=1)

    assert wait_until(lambda: not alive(left))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't tell of a parent's death")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert wait_until(lambda: b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes())

        os.kill(parent.pid, signal.SIGKILL)

        assert wait_until(lambda: not alive(pid))


def test_a_program_that_does_not_exist_fails_and_says_so_in_its_log(tmp_path: Path) -> None:
    child = Child("nothing", ["/nowhere/program"], log=tmp_path / "log")
    assert wait_until(lambda: not child.running)

    assert child.status == 1
    assert "FileNotFoundError" in child.last_words()
    end([child], within=1)
