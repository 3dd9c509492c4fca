"""The embedded queue never hands out half a message, and never ends a worker."""

from pathlib import Path
from queue import Empty

import pytest
from kombu.connection import Connection

from core.local_queue import SCHEME


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    """A connection to a queue of files."""
    (tmp_path / "taken").mkdir()
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    options = folders | {"processed_folder": str(tmp_path / "taken")}
    return Connection(f"{SCHEME}://", transport_options=options)


def test_what_is_put_is_got_once(connection: Connection) -> None:
    queue = connection.SimpleQueue("work")

    queue.put({"id": 7})

    message = queue.get(timeout=5)
    assert message.payload == {"id": 7}
    message.ack()
    with pytest.raises(Empty):
        queue.get_nowait()


def test_a_message_being_written_is_not_seen(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / ".1_x.work.msg.half").write_text('{"body"')
    queue = connection.SimpleQueue("work")

    with pytest.raises(Empty):
        queue.get_nowait()


def test_a_broken_message_is_passed_over(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "1_x.work.msg").write_text("")
    queue = connection.SimpleQueue("work")
    with pytest.raises(Empty):
        queue.get_nowait()

    queue.put("whole")

    message = queue.get(timeout=5)
    assert message.payload == "whole"
    message.ack()
