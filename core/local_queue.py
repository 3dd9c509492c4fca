"""The embedded queue: kombu's queue of files, without the moments at which a file is half written.

kombu writes a message under its final name, so that a reader can meet it empty and end the worker.
Here a message gets its name when it is whole, and bindings, which every process declares for
itself, are kept in memory instead of a shared file.
"""

from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

SCHEME = "folder"


class Channel(filesystem.Channel):
    """A channel whose messages appear whole or not at all."""

    supports_fanout = False
    get_table = virtual.Channel.get_table
    _delete = virtual.Channel._delete  # noqa: SLF001 -- the parent's looks for the shared file

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # two parents disagree
        folder = Path(self.data_folder_out)
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        half = folder / f".{name}.half"
        try:
            half.write_bytes(str_to_bytes(dumps(payload)))
            half.rename(folder / name)
        except OSError as error:
            raise ChannelError(f"A message can't be written to {folder}") from error

    def _get(self, queue: Any, timeout: Any = None) -> Any:
        try:
            return super()._get(queue)
        except ValueError:  # cut off by a full disk, say: the sweep does what it asked for
            raise Empty from None


class Transport(filesystem.Transport):
    """The transport of `folder://`."""

    Channel = Channel


TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
