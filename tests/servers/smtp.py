"""A real SMTP server that keeps what it is sent, and answers as the test wishes.

It refuses to know what the mail says.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.ports import free_port


@dataclass(frozen=True)
class Reply:
    """What the server says after a message's last line.

    `delay`: seconds it waits first; with `until` only for as long as that isn't set. `hangs_up`: it
    cuts the connection instead of answering.
    """

    line: str = "250 Accepted"
    delay: float = 0.0
    until: threading.Event | None = None
    hangs_up: bool = False


ACCEPTED = Reply()
TRY_LATER = Reply("451 Try again later")
REFUSED = Reply("550 No such mailbox")
HANGS_UP = Reply(hangs_up=True)
"""The message was taken, but its sender never learns so."""


@dataclass(frozen=True)
class Delivery:
    """One message as it came: its envelope, its content, and the answer it got."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    reply: Reply


class Mailbox:
    """A mail server on one port. `replies` answer the next messages in turn; then all are accepted.

    Addresses in `unknown` are refused when named as recipients, before any content is sent.
    """

    def __init__(self) -> None:
        """Choose a port; `start` opens it."""
        self.port = free_port()
        self.deliveries: list[Delivery] = []
        self.replies: deque[Reply] = deque()
        self.unknown: set[str] = set()
        self._arrived = threading.Condition()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """Its address, as the product's settings take it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def accepted(self) -> list[EmailMessage]:
        """The messages the server took, oldest first, also those it hung up on."""
        return [d.message for d in self.deliveries if d.reply.line.startswith("2")]

    def start(self) -> None:
        """Open the port and return once it answers."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Close the port: connecting is refused until the next start."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def clear(self) -> None:
        """Forget the mail, the replies to come, and the unknown addresses."""
        self.deliveries.clear()
        self.replies.clear()
        self.unknown.clear()

    def wait_for(self, count: int, *, seconds: float = 20) -> list[EmailMessage]:
        """The accepted messages, once there are so many or the time is up."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.accepted) >= count, timeout=seconds)
        return self.accepted

    async def handle_RCPT(  # noqa: N802 -- the server looks handlers up by the command's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to one recipient's address."""
        if address in self.unknown:
            return REFUSED.line
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return ACCEPTED.line

    async def handle_DATA(  # noqa: N802 -- the server looks handlers up by the command's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message, then answer as the script says."""
        reply = self.replies.popleft() if self.replies else ACCEPTED
        if reply.until is None:
            await asyncio.sleep(reply.delay)
        else:
            await asyncio.to_thread(reply.until.wait, reply.delay)
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        recipients = tuple(map(str, envelope.rcpt_tos))
        with self._arrived:
            self.deliveries.append(Delivery(str(envelope.mail_from), recipients, message, reply))
            self._arrived.notify_all()
        if reply.hangs_up and server.transport is not None:
            server.transport.close()
        return reply.line


@contextmanager
def smtp() -> Iterator[Mailbox]:
    """A running mail server, closed at the end."""
    mailbox = Mailbox()
    mailbox.start()
    try:
        yield mailbox
    finally:
        mailbox.stop()
