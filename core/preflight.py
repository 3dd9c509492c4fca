"""What must hold on this machine before Plenary starts: each check passes, or says one sentence.

It knows nothing of the application; it looks at Python, the data folder, and the port.
"""

import fcntl
import shutil
import socket
import sys
from pathlib import Path
from typing import IO

OLDEST_PYTHON = (3, 11)
LEAST_SPACE = 200 * 1024 * 1024
"""Bytes that must be free: the database of a wave with its exports stays well below."""


class NotReady(Exception):
    """Plenary can't start; the message is the one sentence that says why and what to do."""


def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Raise NotReady if this Python is too old."""
    if version < OLDEST_PYTHON:
        has, needs = (".".join(map(str, v)) for v in (version, OLDEST_PYTHON))
        raise NotReady(f"Plenary needs Python {needs} or newer; this is {has}.")


def port_from(text: str) -> int:
    """The port a setting names; raise NotReady if it names none."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 1 << 16:
        raise NotReady(f"PORT must be a number from 1 to 65535, not “{text}”.")
    return int(text)


def check_port(port: int) -> None:
    """Raise NotReady unless a server can listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        # As the web server does: a port just left by a stopped server isn't taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as refusal:
            denied = isinstance(refusal, PermissionError)
            reason = "may not be used by this user" if denied else "is taken by another program"
            raise NotReady(
                f"Port {port} {reason}: choose another, as in make run PORT=8123."
            ) from refusal


def check_data_dir(folder: Path, least: int = LEAST_SPACE) -> None:
    """Make the data folder; raise NotReady unless it can be written and has `least` bytes free."""
    probe = folder / ".writable"
    try:
        (folder / "log").mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"1")
        probe.unlink(missing_ok=True)  # a start at the same moment may have been quicker
        free = shutil.disk_usage(folder).free
    except OSError as refusal:
        raise NotReady(
            f"The data folder {folder} can't be written ({refusal.strerror}): "
            "choose another with PLENARY_DATA_DIR."
        ) from refusal
    if free < least:
        raise NotReady(
            f"The disk of the data folder {folder} is full: {free >> 20} MB are free and "
            f"{least >> 20} MB are needed."
        )


def hold(folder: Path) -> IO[str]:
    """Take the data folder for this process until it ends; raise NotReady if another holds it.

    Keep what is returned: closing it lets the folder go.
    """
    lock = (folder / "launch.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refusal:
        lock.close()
        raise NotReady(
            f"Plenary already runs on the data folder {folder}: stop it first, or name "
            "another folder with PLENARY_DATA_DIR."
        ) from refusal
    return lock
