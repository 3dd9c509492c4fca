"""Sending: what each way of failing means, and what becomes of the mail."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from core import outbox, smtp
from core.app import create_app
from core.models import Mail, MailState
from core.outbox import Letter
from core.settings import Settings
from core.smtp import Away, Later, Never, Postman, Unsure, compose
from core.tasks import Delivered, deliver_due
from tests.servers import smtp as server
from tests.servers.smtp import Mailbox

PAST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def settings(database: str, tmp_path: Path, smtp: Mailbox) -> Settings:
    return Settings(
        data_dir=tmp_path,
        database_url=database,
        base_url="http://localhost",
        smtp_url=smtp.url,
        mail_from="Plenary <plenary@example.org>",
    )


def queue(
    session: Session, *keys: str, to: str = "contact@example.org", purpose: str = "test"
) -> None:
    for number, key in enumerate(keys):
        outbox.queue(
            session,
            Letter(key, purpose, to, "ar", "تذكير", "أول\n\nhttps://plenary.example.org/x\n.end"),
            now=PAST + timedelta(seconds=number),
            domain="example.org",
        )
    session.commit()


def deliver(app: Flask) -> Delivered:
    with app.app_context():
        return deliver_due()


def states(session: Session) -> list[MailState]:
    session.expire_all()
    return [mail.state for mail in session.exec(select(Mail).order_by(Mail.key))]


def mail(*, to: str = "a@example.org", subject: str = "S", body: str = "B") -> Mail:
    return Mail(
        key="k", purpose="p", to_address=to, language="en", subject=subject, body=body,
        message_id="<1@example.org>", not_before=PAST, created_at=PAST,
    )  # fmt: skip


def test_a_mail_arrives_whole_with_its_language_and_direction(
    app: Flask, session: Session, smtp: Mailbox
) -> None:
    queue(session, "k")

    assert deliver(app) == Delivered(sent=1)

    (message,) = smtp.wait_for(1)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == [
        "أول", "", "https://plenary.example.org/x", ".end"
    ]  # fmt: skip
    assert 'lang="ar" dir="rtl"' in html.get_content()
    assert '<a href="https://plenary.example.org/x">' in html.get_content()
    assert message["Subject"] == "تذكير"
    assert message["Message-ID"] == session.exec(select(Mail.message_id)).one()


def test_several_mails_go_over_one_connection(app: Flask, session: Session, smtp: Mailbox) -> None:
    queue(session, "a", "b", "c")

    assert deliver(app) == Delivered(sent=3)
    assert len(smtp.accepted) == 3


@pytest.mark.parametrize(
    ("reply", "becomes"),
    [
        (server.TRY_LATER, MailState.QUEUED),
        (server.REFUSED, MailState.FAILED),
        (server.HANGS_UP, MailState.UNCERTAIN),
    ],
)
def test_a_mail_in_trouble_does_not_hold_up_the_next(
    app: Flask, session: Session, smtp: Mailbox, reply: server.Reply, becomes: MailState
) -> None:
    queue(session, "a", "b")
    smtp.replies.append(reply)

    assert deliver(app) == Delivered(sent=1, failed=1)
    assert states(session) == [becomes, MailState.SENT]


def test_an_unknown_mailbox_is_refused_for_good_and_staff_can_read_why(
    app: Flask, session: Session, smtp: Mailbox
) -> None:
    smtp.unknown.add("gone@example.org")
    queue(session, "a", to="gone@example.org")

    deliver(app)

    row = session.exec(select(Mail)).one()
    assert (row.state, row.error) == (MailState.FAILED, "550 No such mailbox")


def test_with_the_server_down_one_mail_is_tried_and_none_loses_an_attempt(
    app: Flask, session: Session, smtp: Mailbox
) -> None:
    queue(session, "a", "b", "c")
    smtp.stop()

    assert deliver(app) == Delivered(failed=1)

    assert states(session) == [MailState.QUEUED] * 3
    assert [row.attempts for row in session.exec(select(Mail))] == [0, 0, 0]


def test_a_poisoned_address_fails_alone(app: Flask, session: Session, smtp: Mailbox) -> None:
    queue(session, "a", to="a@example.org\r\nBcc: b@example.org")
    queue(session, "b")

    assert deliver(app) == Delivered(sent=1, failed=1)
    assert states(session) == [MailState.FAILED, MailState.SENT]
    assert len(smtp.accepted) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b\nc", "é@example.org", "a b@example.org"])
def test_what_is_no_address_is_refused_for_good(settings: Settings, address: str) -> None:
    with Postman(settings) as postman, pytest.raises(Never):
        postman.send(mail(to=address))


def test_a_subject_with_a_line_break_makes_no_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        compose(mail(subject="S\r\nBcc: b@example.org"), "Plenary <plenary@example.org>")


def test_a_mail_can_hold_no_markup_and_no_link_inside_a_line() -> None:
    message = compose(
        mail(body="<script>x</script> https://a.example/\n\njavascript:alert(1)"),
        "Plenary <plenary@example.org>",
    )

    html = message.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert "<a " not in html.get_content()


@contextmanager
def hangs_up_at(command: bytes, replies: dict[bytes, bytes]) -> Iterator[str]:
    """A server that answers by `replies` (else 250) until a command comes, then is gone."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, connection.makefile("rwb", buffering=0) as lines:
                if command == b"connection":
                    return
                lines.write(b"220 here\r\n")
                reading = False
                for line in lines:
                    word = line.split()[0].upper() if line.split() else b""
                    if word == command:
                        return
                    if not reading:
                        reply = replies.get(word, b"250 ok")
                        lines.write(reply + b"\r\n")
                        reading = reply.startswith(b"354")

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(timeout=10)


@pytest.mark.parametrize(
    ("command", "trouble"),
    [
        (b"connection", Away),
        (b"EHLO", Away),
        (b"MAIL", Later),
        (b"RCPT", Later),
        (b"DATA", Later),
    ],
)
def test_a_server_gone_before_the_text_has_not_got_the_mail(
    settings: Settings, command: bytes, trouble: type[Exception]
) -> None:
    with (
        hangs_up_at(command, {}) as url,
        Postman(settings.model_copy(update={"smtp_url": url})) as postman,
        pytest.raises(trouble),
    ):
        postman.send(mail())


def test_a_server_gone_after_the_text_may_have_got_the_mail(settings: Settings) -> None:
    with (
        hangs_up_at(b".", {b"DATA": b"354 go on"}) as url,
        Postman(settings.model_copy(update={"smtp_url": url})) as postman,
        pytest.raises(Unsure),
    ):
        postman.send(mail(body="x"))


def test_a_connection_that_went_stale_is_made_anew(settings: Settings, smtp: Mailbox) -> None:
    with Postman(settings) as postman:
        postman.send(mail())
        smtp.stop()
        smtp.start()
        postman.send(mail())

    assert len(smtp.accepted) == 2


def test_all_steps_of_one_mail_together_take_less_than_its_lease() -> None:
    longest = smtp.READY_SECONDS + 2 * smtp.STEP_SECONDS + smtp.VERDICT_SECONDS

    assert timedelta(seconds=longest) < outbox.LEASE


def test_a_sign_in_link_is_not_kept_once_it_is_with_its_reader(
    app: Flask, session: Session, smtp: Mailbox
) -> None:
    queue(session, "link", purpose="sign_in")
    queue(session, "reminder", purpose="reminder")

    deliver(app)

    assert all("plenary.example.org/x" in str(sent.get_body()) for sent in smtp.wait_for(2))
    session.expire_all()
    kept = {mail.key: bool(mail.body) for mail in session.exec(select(Mail))}
    assert kept == {"link": False, "reminder": True}


def test_without_a_mail_server_the_row_is_the_mail(session: Session, settings: Settings) -> None:
    bare = create_app(settings.model_copy(update={"smtp_url": ""}))
    queue(session, "k", purpose="sign_in")

    assert deliver(bare) == Delivered(sent=1)
    bare.extensions["sessions"].dispose()
    assert states(session) == [MailState.SENT]
    assert "plenary.example.org/x" in session.exec(select(Mail.body)).one()
