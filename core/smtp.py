"""Sending one mail by SMTP, and what each way of failing means.

The steps are taken one by one, so that it is known how far a mail came when the connection breaks:
before the end of its text the server can't have taken it, afterwards nobody knows. All steps of one
mail together take less than the outbox's lease. Knows nothing of rows' states.
"""

import smtplib
import ssl
import time
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import parseaddr
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from core.i18n import direction
from core.models import Mail
from core.settings import Settings

STEP_SECONDS = 10.0
"""How long one answer of the server may take."""
READY_SECONDS = 50.0
"""By when, after beginning with a mail, its text must be on the way."""
VERDICT_SECONDS = 45.0
"""How long the server may think about a text: it may look for viruses."""
GO_AHEAD, OK_LAST, GOING_DOWN, REFUSED = 354, 299, 421, 500
_POLICY = SMTP_POLICY.clone(cte_type="7bit")  # any server takes it


class MailError(Exception):
    """A mail that was not (surely) sent; the message is for staff."""


class Later(MailError):
    """The server says: not now, or hung up before it had the mail."""


class Away(Later):
    """The server can't be reached or used at all, so that the next mail would fare no better."""


class Never(MailError):
    """The server refuses it for good, or it is no mail."""


class Unsure(MailError):
    """The connection broke after the text was sent: it may or may not have arrived."""


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The message, as plain text and as HTML that carries its language and direction.

    Raises `ValueError` for an address or subject that can't stand in a header.
    """
    message = EmailMessage(policy=_POLICY)
    name, address = parseaddr(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to_address)
    message["Subject"] = mail.subject
    message["Message-ID"] = mail.message_id
    message["Date"] = mail.created_at
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    message.set_content(mail.body)
    message.add_alternative(_html(mail), subtype="html")
    return message


def _html(mail: Mail) -> str:
    """The same text as HTML. Only an address standing alone on its line becomes a link."""
    blocks = []
    for block in mail.body.split("\n\n"):
        lines = []
        for line in block.split("\n"):
            safe = escape(line)
            alone = line.startswith(("http://", "https://")) and " " not in line
            lines.append(f'<a href="{safe}">{safe}</a>' if alone else safe)
        blocks.append("<p>" + "<br>".join(lines) + "</p>")
    return (
        f'<!doctype html><html lang="{mail.language}" dir="{direction(mail.language)}">'
        f"<head><meta charset=utf-8><title>{escape(mail.subject)}</title></head>"
        f"<body>{''.join(blocks)}</body></html>"
    )


def _as_sent(message: EmailMessage) -> bytes:
    """The text as it goes over the line: lines that begin with a dot get another."""
    lines = message.as_bytes().replace(b"\r\n.", b"\r\n..")
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


class Postman:
    """One connection to the mail server, used for several mails; a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._sender = settings.mail_from
        self._url = urlsplit(settings.smtp_url)
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, mail: Mail) -> None:
        """Send it; raise `Later` (`Away` if no connection can be had), `Never` or `Unsure`."""
        by = time.monotonic() + READY_SECONDS
        try:
            text = _as_sent(compose(mail, self._sender))
        except (ValueError, IndexError, MessageError) as error:
            raise Never(_reason(error)) from error
        server = self._ready()
        try:
            self._announce(server, mail.to_address, by=by)
            server.send(text)
            server.send(b".\r\n")
        except UnicodeError as error:
            raise Never(_reason(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Later(_reason(error)) from error
        self._await_verdict(server)

    def _announce(self, server: smtplib.SMTP, to_address: str, *, by: float) -> None:
        """Everything before the text: who writes, to whom, and whether the server listens.

        `by`: the moment of the monotonic clock after which the text must not be sent any more.
        """
        sender = parseaddr(self._sender)[1]
        self._expect(server, *server.mail(sender))
        self._expect(server, *server.rcpt(to_address))
        code, words = server.docmd("DATA")
        if code != GO_AHEAD:
            self._expect(server, max(code, OK_LAST + 1), words)
        if time.monotonic() > by:
            raise TimeoutError("the server took too long")

    def _await_verdict(self, server: smtplib.SMTP) -> None:
        try:
            if server.sock is not None:
                server.sock.settimeout(VERDICT_SECONDS)
            code, words = server.getreply()
            if server.sock is not None:
                server.sock.settimeout(STEP_SECONDS)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Unsure(_reason(error)) from error
        self._expect(server, code, words)

    def _expect(self, server: smtplib.SMTP, code: int, words: bytes) -> None:
        """Go on if the server agrees; else forget this mail and keep the connection."""
        if 0 < code <= OK_LAST:
            return
        with suppress(OSError, smtplib.SMTPException):
            server.rset()
        kind = Never if code >= REFUSED else Away if code == GOING_DOWN else Later
        raise kind(f"{code} {words.decode(errors='replace')}")

    def _ready(self) -> smtplib.SMTP:
        """The connection, if it still answers, else a new one; raises `Away`."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._server.noop()[0] <= OK_LAST:
                    return self._server
            self._hang_up()
        try:
            self._server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise Away(_reason(error)) from error
        return self._server

    def _connect(self) -> smtplib.SMTP:
        host, secured = self._url.hostname or "localhost", self._url.scheme == "smtps"
        port = self._url.port or (465 if secured else 25)
        context = ssl.create_default_context()
        server: smtplib.SMTP = (
            smtplib.SMTP_SSL(host, port, timeout=STEP_SECONDS, context=context)
            if secured
            else smtplib.SMTP(host, port, timeout=STEP_SECONDS)
        )
        try:
            server.ehlo_or_helo_if_needed()
            if not secured and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo_or_helo_if_needed()
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _hang_up(self) -> None:
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._server = None


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, MailError) else f"{type(error).__name__}: {error}"
