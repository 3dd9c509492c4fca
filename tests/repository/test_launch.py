"""`make run` as a newcomer meets it: it starts, it answers, and it ends with all it started."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.repository.tracked import ROOT
from tests.servers.ports import answers, free_port

pytestmark = pytest.mark.timeout(300)  # a start prepares a whole database, on a busy machine


@contextmanager
def launched(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The launcher on this folder and port, ended at the end if the test has not done so."""
    with subprocess.Popen(
        [sys.executable, "-m", "core.launch"],
        cwd=ROOT,
        env=environment(data, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            process.kill()


def environment(data: Path, port: int) -> dict[str, str]:
    """A newcomer's: no setting of ours but where the data goes."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PLENARY_")}
    return {**kept, "PLENARY_DATA_DIR": str(data), "PORT": str(port)}


def read_until(process: subprocess.Popen[str], ending: str) -> str:
    """What it prints, up to the line that ends so; fails with its complaint if it never comes."""
    assert process.stdout is not None
    assert process.stderr is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.rstrip().endswith(ending):
            return "".join(lines)
    pytest.fail(process.stderr.read())


def left_over(data: Path) -> list[str]:
    """The processes that still work on this data folder, by their command lines."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(data) in (folder / "environ").read_text(errors="replace"):
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def child_of(parent: int, word: str) -> int:
    """The id of the launcher's child whose command line holds this word."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    (found,) = (
        int(pid) for pid in listed.split() if word in Path(f"/proc/{pid}/cmdline").read_text()
    )
    return found


def gone(data: Path, *, seconds: float) -> bool:
    """Whether nothing works on this data folder any more, within so many seconds."""
    until = time.monotonic() + seconds
    while left_over(data) and time.monotonic() < until:
        time.sleep(0.1)
    return left_over(data) == []


def health(port: int) -> int:
    """The status of /health."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status
    finally:
        connection.close()


def refusal(data: Path, port: int) -> str:
    """The sentence a start refuses with."""
    done = subprocess.run(
        [sys.executable, "-m", "core.launch"],
        cwd=ROOT,
        env=environment(data, port),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder a first start and its end leave behind."""
    folder = tmp_path_factory.mktemp("first") / "var"
    with launched(folder, free_port()) as process:
        read_until(process, "Ctrl-C ends it.")
    return folder


@pytest.fixture
def data(first_run: Path, tmp_path: Path) -> Path:
    """A data folder already prepared, so that only the first start of all takes its time."""
    return Path(shutil.copytree(first_run, tmp_path / "var"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_with_all_it_started(data: Path, number: signal.Signals) -> None:
    port = free_port()
    with launched(data, port) as process:
        welcome = read_until(process, "Ctrl-C ends it.")
        assert f"http://127.0.0.1:{port}" in welcome
        assert len(re.findall(rf"http://127\.0\.0\.1:{port}/\S+", welcome)) >= 6  # one per role
        assert health(port) == 200

        process.send_signal(number)
        assert process.wait(timeout=10) == 0

    assert left_over(data) == []
    assert not answers(port)


def test_a_killed_launcher_leaves_nothing_running_and_the_data_serve_again(data: Path) -> None:
    with launched(data, port := free_port()) as process:
        read_until(process, "Ctrl-C ends it.")
        process.kill()
        process.wait()
        assert gone(data, seconds=15)

    with launched(data, port) as process:
        read_until(process, "Ctrl-C ends it.")
        assert health(port) == 200
        assert "already runs" in refusal(data, free_port())


@pytest.mark.parametrize(("part", "word"), [("web", "gunicorn"), ("worker", "celery")])
def test_when_one_part_dies_the_rest_ends_and_its_log_is_named(
    data: Path, part: str, word: str
) -> None:
    with launched(data, free_port()) as process:
        read_until(process, "Ctrl-C ends it.")
        os.kill(child_of(process.pid, word), signal.SIGKILL)

        assert process.wait(timeout=15) == 1
        assert process.stderr is not None
        assert f"{part}.log" in process.stderr.read()

    assert left_over(data) == []


def test_a_taken_port_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        assert f"Port {port} is taken" in refusal(tmp_path, port)


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "can't be written" in refusal(tmp_path / "file" / "var", free_port())


def test_a_stop_during_the_preparation_ends_at_once(tmp_path: Path) -> None:
    with launched(tmp_path, free_port()) as process:
        read_until(process, "Preparing the database...")
        process.terminate()

        assert process.wait(timeout=10) == 0

    assert left_over(tmp_path) == []


def test_a_command_that_fails_is_named_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "plenary.sqlite3").write_text("This is no database.")

    sentence = refusal(tmp_path, free_port())

    assert "The preparation failed" in sentence
    assert "prepare.log" in sentence
