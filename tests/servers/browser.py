"""A Chromium for the browser tests: one of this machine, else one fetched, else a plain refusal."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_WHERE_PLAYWRIGHT_KEEPS_IT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
"""Asked in a process of its own: a test may be inside playwright already, which can't be nested."""

_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
)
"""Nothing but the pages under test may cause a request."""

_OFF_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""What playwright turns off for tests. Said again, because only the last list counts."""

_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",
)
"""The address bar's suggestions, pages that each new window would load; processes in reserve.

Without them a window costs half the processor time. What an older Chromium does not know it skips.
"""


class BrowserMissing(RuntimeError):
    """No Chromium is here and none could be fetched; the sentence says what to install."""


def launch_options() -> dict[str, Any]:
    """What playwright's `chromium.launch` takes to run the browser found here."""
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium has no sandbox as root
    features = ",".join((*_OFF_BY_PLAYWRIGHT, *_OFF))
    flags = [*root, *_FLAGS, f"--disable-features={features}"]
    return {"executable_path": str(chromium()), "args": flags}


@cache
def chromium() -> Path:
    """The browser's program: CHROMIUM, or the machine's own, or playwright's, or Debian's.

    Raises BrowserMissing if there is none and none can be fetched.
    """
    if named := os.environ.get("CHROMIUM"):
        return _named(named)
    with _alone():  # test processes side by side must not fetch it twice
        found = _installed() or _fetched() or _from_playwright() or _from_debian()
    if found is None:
        message = (
            "The browser tests need Chromium: install it (on Debian: apt-get install chromium),"
            " or name one, as in CHROMIUM=/path/to/chromium."
        )
        raise BrowserMissing(message)
    return found


def _named(name: str) -> Path:
    path = shutil.which(name)
    if path is None or not _runs(Path(path)):
        message = f"CHROMIUM names {name}, which is no browser that runs on this machine."
        raise BrowserMissing(message)
    return Path(path)


def _installed() -> Path | None:
    named = (shutil.which(name) for name in _NAMES)
    paths = [Path(path) for path in (*named, "/usr/bin/chromium") if path]
    return next((path for path in paths if _runs(path)), None)


def _fetched() -> Path | None:
    """What playwright has downloaded before, if anything."""
    answer = subprocess.run(
        [sys.executable, "-c", _WHERE_PLAYWRIGHT_KEEPS_IT],
        check=True,
        capture_output=True,
        text=True,
    )
    path = Path(answer.stdout.strip())
    return path if _runs(path) else None


def _runs(path: Path) -> bool:
    """Whether it starts: a program without its libraries, or a mere signpost to one, doesn't."""
    return path.is_file() and _succeeds(str(path), "--version", seconds=30)


def _from_playwright() -> Path | None:
    print("Fetching Chromium with playwright...", file=sys.stderr)
    _succeeds(sys.executable, "-m", "playwright", "install", "chromium", seconds=240)
    return _fetched()


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("Installing Debian's chromium...", file=sys.stderr)
    _succeeds("apt-get", "update", "-qq", seconds=120)
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    _succeeds(*install, seconds=600)
    return _installed()


def _succeeds(*command: str, seconds: float) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, check=False, timeout=seconds, env=quiet)
        return done.returncode == 0
    return False


@contextmanager
def _alone() -> Iterator[None]:
    path = Path(tempfile.gettempdir()) / f"plenary-browser-{os.geteuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
