"""What stops a start is said in one sentence that names it."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.preflight import (
    NotReady,
    check_data_dir,
    check_port,
    check_python,
    hold,
    port_from,
)
from tests.servers.ports import free_port


def refusal(check: Callable[[], object]) -> str:
    """The sentence a check refuses with."""
    with pytest.raises(NotReady) as raised:
        check()
    return str(raised.value)


def test_an_old_python_is_refused_and_a_newer_one_is_not() -> None:
    assert "3.10" in refusal(lambda: check_python((3, 10)))
    check_python((3, 11))
    check_python((4, 0))


@given(st.integers(1, 65535))
def test_every_port_is_understood(port: int) -> None:
    assert port_from(str(port)) == port


@pytest.mark.parametrize("text", ["0", "65536", "-1", "web", "80 80", "٨٠٠٠", "1e3"])
def test_what_is_no_port_is_refused(text: str) -> None:
    assert text in refusal(lambda: port_from(text))


def test_a_taken_port_is_refused_and_a_free_one_is_not() -> None:
    check_port(free_port())

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert str(port) in refusal(lambda: check_port(port))


def test_the_data_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"

    check_data_dir(folder)

    assert [path.name for path in folder.iterdir()] == ["log"]


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "can't be written" in refusal(lambda: check_data_dir(tmp_path / "file" / "var"))


def test_a_full_disk_is_refused(tmp_path: Path) -> None:
    assert "full" in refusal(lambda: check_data_dir(tmp_path, least=1 << 62))


def test_a_data_folder_is_held_by_one_until_it_lets_go(tmp_path: Path) -> None:
    with hold(tmp_path):
        assert "already runs" in refusal(lambda: hold(tmp_path))

    hold(tmp_path).close()
