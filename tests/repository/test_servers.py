"""The servers of the tests are real: each starts, serves, fails on demand, and leaves nothing."""

import smtplib
import time
from pathlib import Path

import psycopg
import pytest
import redis
from playwright.sync_api import Browser

from tests.servers import browser as provided
from tests.servers import smtp
from tests.servers.ports import answers
from tests.servers.postgresql import postgresql
from tests.servers.valkey import valkey

LETTER = "Subject: Reminder\r\n\r\nPlease answer.\r\n"


def send(mailbox: smtp.Mailbox, to: str = "contact@example.org") -> None:
    """Send one letter and raise what smtplib raises."""
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as client:
        client.sendmail("plenary@example.org", [to], LETTER)


def test_postgresql_is_durable_and_gone_afterwards() -> None:
    with postgresql() as server, server.connect() as connection:
        port = server.port
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)

    assert not answers(port)


def test_a_database_copies_its_template_and_a_crash_loses_nothing_committed() -> None:
    with postgresql() as server:
        model = server.create_database()
        with server.connect(model) as connection:
            connection.execute("CREATE TABLE member (name text)")

        copy = server.create_database(template=model)
        with server.connect(copy) as connection:
            connection.execute("INSERT INTO member VALUES ('Society')")
        server.crash()
        with pytest.raises(psycopg.OperationalError):
            server.connect(copy)
        server.start()

        with server.connect(copy) as connection:
            assert connection.execute("SELECT name FROM member").fetchall() == [("Society",)]
        with server.connect(model) as connection:
            assert connection.execute("SELECT name FROM member").fetchall() == []


def test_a_dropped_database_is_gone_even_if_someone_is_connected() -> None:
    with postgresql() as server:
        name = server.create_database()
        with server.connect(name):
            server.drop_database(name)

        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            server.connect(name)


def test_an_emptied_database_keeps_its_tables_and_lets_nobody_stay() -> None:
    with postgresql(durable=False) as server:
        name = server.create_database()
        with server.connect(name) as connection:
            connection.execute("CREATE TABLE alembic_version (number text)")
            connection.execute("CREATE TABLE region (code text PRIMARY KEY)")
            connection.execute("CREATE TABLE member (region text REFERENCES region)")
            connection.execute("INSERT INTO alembic_version VALUES ('1')")
            connection.execute("INSERT INTO region VALUES ('africa')")
            connection.execute("INSERT INTO member VALUES ('africa')")

            server.empty(name)

            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT")
        with server.connect(name) as connection:
            left = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                    for table in ("alembic_version", "region", "member")}  # fmt: skip
        assert left == {"alembic_version": (1,), "region": (0,), "member": (0,)}


def test_valkey_forgets_when_flushed_and_when_stopped() -> None:
    with valkey() as broker, redis.Redis.from_url(broker.url) as client:
        client.set("queue", "work")
        broker.flush()
        assert client.get("queue") is None

        client.set("queue", "work")
        broker.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("queue")
        broker.start()
        assert client.get("queue") is None


def test_the_mail_server_keeps_what_it_accepts() -> None:
    with smtp.smtp() as mailbox:
        send(mailbox)

        (message,) = mailbox.wait_for(1)
    assert message["Subject"] == "Reminder"
    assert mailbox.deliveries[0].recipients == ("contact@example.org",)


def test_the_mail_server_answers_as_told() -> None:
    with smtp.smtp() as mailbox:
        mailbox.replies.extend([smtp.TRY_LATER, smtp.REFUSED, smtp.HANGS_UP])
        for code in (451, 550):
            with pytest.raises(smtplib.SMTPDataError) as refusal:
                send(mailbox)
            assert refusal.value.smtp_code == code
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send(mailbox)
        send(mailbox)

        assert len(mailbox.deliveries) == 4
        assert len(mailbox.accepted) == 2  # the one hung up on, and the last


def test_the_mail_server_can_be_slow_down_or_without_a_mailbox() -> None:
    with smtp.smtp() as mailbox:
        mailbox.replies.append(smtp.Reply(delay=0.3))
        began = time.monotonic()
        send(mailbox)
        assert time.monotonic() - began >= 0.3

        mailbox.unknown.add("gone@example.org")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(mailbox, to="gone@example.org")

        mailbox.stop()
        with pytest.raises(ConnectionRefusedError):
            send(mailbox)
        mailbox.start()
        send(mailbox)
        assert len(mailbox.accepted) == 2


def test_the_browser_opens_a_page(chromium: Browser) -> None:
    with chromium.new_page() as page:
        page.set_content("<h1>Plenary</h1>")

        assert page.inner_text("h1") == "Plenary"


def test_a_browser_that_does_not_run_is_named_in_the_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))

    with pytest.raises(provided.BrowserMissing, match="nowhere"):
        provided.chromium.__wrapped__()


def test_where_no_browser_is_found_or_fetched_the_refusal_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(provided, "_succeeds", lambda *_, **__: False)

    with pytest.raises(provided.BrowserMissing, match="apt-get install chromium"):
        provided.chromium.__wrapped__()
