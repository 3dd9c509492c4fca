"""A worker killed while reminders go out: nobody is left without mail, and doubles are rare."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from core.models import MailState
from core.settings import ROOT, Settings
from movement.models import Role
from movement.services import invitations
from tests.movement.arranged import NOW, OFFICE, add_regions, call, person, society
from tests.servers.smtp import Mailbox

SOCIETIES = 12
SEVEN = datetime(2026, 3, 24, 6, 0, tzinfo=UTC)
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "reminders", "run", "--at"]


@pytest.fixture
def settings(database: str, tmp_path: Path, smtp: Mailbox) -> Settings:
    return Settings(
        data_dir=tmp_path, database_url=database, base_url="http://localhost", smtp_url=smtp.url
    )


def start(settings: Settings) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PLENARY_DATA_DIR": str(settings.data_dir),
        "PLENARY_DATABASE_URL": settings.database_url.replace("+psycopg", ""),
        "PLENARY_SMTP_URL": settings.smtp_url,
        "PLENARY_BASE_URL": settings.base_url,
    }
    return subprocess.Popen(
        [*COMMAND, SEVEN.isoformat()], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


@pytest.mark.both_databases
@pytest.mark.usefixtures("app")
def test_three_kills_lose_no_mail_and_double_at_most_three(
    session: Session, settings: Settings, smtp: Mailbox
) -> None:
    add_regions(session)
    for number in range(SOCIETIES):
        organisation = society(session, f"S{number:02}")
        person(session, f"s{number}@example.org", Role.FOCAL_POINT, organisation)
    made = call(session)
    to = invitations.chosen(session, made, "all")
    invitations.invite(session, made, to, office=OFFICE, now=NOW)
    session.execute(text("UPDATE mail SET state = 'sent'"))
    session.commit()

    kills = 0
    for count in (1, 4, 7):
        worker = start(settings)
        smtp.wait_for(count)  # the server has the text, and is about to say 250
        worker.send_signal(signal.SIGKILL)
        kills += worker.wait() == -signal.SIGKILL
        session.execute(
            text("UPDATE mail SET claimed_at = :long_ago WHERE state = 'sending'"),
            {"long_ago": str(NOW.replace(tzinfo=None))},
        )
        session.commit()
    assert start(settings).wait() == 0

    states = session.execute(text("SELECT DISTINCT state FROM mail")).scalars().all()
    arrived = Counter(str(message["To"]) for message in smtp.accepted)
    identities = {str(message["Message-ID"]) for message in smtp.accepted}
    assert states == [MailState.SENT]
    assert len(arrived) == len(identities) == SOCIETIES
    assert kills == 3
    assert sum(arrived.values()) <= SOCIETIES + kills


@pytest.mark.both_databases
@pytest.mark.usefixtures("app")
def test_two_schedulers_at_once_remind_once(
    session: Session, settings: Settings, smtp: Mailbox
) -> None:
    add_regions(session)
    person(session, "ken@example.org", Role.FOCAL_POINT, society(session, "KEN"))
    made = call(session)
    to = invitations.chosen(session, made, "all")
    invitations.invite(session, made, to, office=OFFICE, now=NOW)
    session.commit()

    both = [start(settings), start(settings)]

    assert [worker.wait() for worker in both] == [0, 0]
    subjects = Counter(str(message["Subject"]) for message in smtp.accepted)
    assert subjects == {
        "Spring survey: an invitation to Society KEN": 1, "Reminder: Spring survey": 1
    }  # fmt: skip
