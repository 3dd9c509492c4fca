"""Sending one mail by SMTP, and what each way of failing means."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

from core.i18n import direction
from core.models import Mail
from core.settings import Settings

TIMEOUT_SECONDS = 20.0


class MailError(Exception):
    """A mail that was not (surely) sent; the message is for staff."""


class Later(MailError):
    """Not now: the server is away, slow or says so."""


class Never(MailError):
    """The server refuses it for good."""


class Unsure(MailError):
    """The connection broke after the text was sent: it may or may not have arrived."""


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The message, as plain text and as HTML that carries its language and direction."""
    message = EmailMessage()
    name, address = parseaddr(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = mail.to_address
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


class Postman:
    """One connection to the mail server, used for several mails; a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._url = urlsplit(settings.smtp_url)
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, mail: Mail) -> None:
        """Send it; raise `Later`, `Never` or `Unsure`."""
        message = compose(mail, self._settings.mail_from)
        try:
            server = self._server or self._connect()
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Later(_reason(error)) from error
        self._transmit(server, message)

    def _transmit(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            self._answered(code, text, error)
        except smtplib.SMTPResponseException as error:
            self._answered(error.smtp_code, error.smtp_error, error)
        except smtplib.SMTPServerDisconnected as error:
            self._hang_up()
            raise Unsure(_reason(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Later(_reason(error)) from error

    def _answered(self, code: int, text: bytes | str, error: Exception) -> None:
        self._hang_up()
        words = text.decode(errors="replace") if isinstance(text, bytes) else text
        raise (Never if code >= 500 else Later)(f"{code} {words}") from error

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        host, port = url.hostname or "localhost", url.port or (465 if url.scheme == "smtps" else 25)
        if url.scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        _log_in(server, url)
        self._server = server
        return server

    def _hang_up(self) -> None:
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._server = None


def _log_in(server: smtplib.SMTP, url: SplitResult) -> None:
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


Send = Callable[[Mail], None]
