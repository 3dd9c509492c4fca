"""The outbox: one row per key, one sender per row, nothing lost and doubles rare."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlmodel import Session, select

from core import outbox
from core.models import Mail, MailState
from core.outbox import BACKOFF, DOUBT, LEASE, LIMIT, Letter

pytestmark = pytest.mark.both_databases
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def letter(key: str = "k", about_id: UUID | None = None, to: str = "contact@example.org") -> Letter:
    return Letter(key, "reminder", to, "en", "Subject", "Text", about_id)


def queue(session: Session, one: Letter | None = None, now: datetime = NOW) -> bool:
    return outbox.queue(session, one or letter(), now=now, domain="example.org")


def claim(session: Session, now: datetime = NOW) -> Mail:
    mail = outbox.claim_next(session, now=now)
    assert mail is not None
    return mail


def test_the_same_key_makes_one_mail(session: Session) -> None:
    assert [queue(session), queue(session)] == [True, False]
    assert len(session.exec(select(Mail)).all()) == 1


def test_eight_at_once_with_one_key_make_one_mail(app: Flask) -> None:
    def ask(_number: int) -> bool:
        with app.extensions["sessions"]() as session:
            new = queue(session)
            session.commit()
            return new

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))

    assert sorted(answers) == [False] * 7 + [True]


def test_eight_senders_take_each_mail_once(app: Flask, session: Session) -> None:
    for number in range(12):
        queue(session, letter(str(number)))
    session.commit()

    def send(_number: int) -> list[str]:
        taken = []
        with app.extensions["sessions"]() as own:
            while mail := outbox.claim_next(own, now=NOW):
                taken.append(mail.key)
                own.commit()
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [key for keys in pool.map(send, range(8)) for key in keys]

    assert sorted(taken) == sorted(map(str, range(12)))


def test_a_mail_is_not_taken_before_its_time_and_the_oldest_first(session: Session) -> None:
    queue(session, letter("later"), NOW + SECOND)
    queue(session, letter("first"), NOW - SECOND)
    queue(session, letter("second"), NOW)

    taken = [claim(session).key, claim(session).key]

    assert taken == ["first", "second"]
    assert outbox.claim_next(session, now=NOW) is None


def test_a_mail_whose_sender_died_is_taken_again_after_its_lease(session: Session) -> None:
    queue(session)
    first = claim(session)
    message_id = first.message_id

    assert outbox.claim_next(session, now=NOW + LEASE) is None
    again = claim(session, NOW + LEASE + SECOND)

    assert (again.id, again.message_id, again.attempts) == (first.id, message_id, 2)


def test_each_refusal_for_now_waits_longer_and_the_last_one_fails(session: Session) -> None:
    queue(session)
    now, waits = NOW, []
    mail = claim(session, now)
    outbox.put_off(mail, "451", now=now)
    while mail.state is MailState.QUEUED:
        waits.append(mail.not_before - now)
        now = mail.not_before
        session.flush()
        mail = claim(session, now)
        outbox.put_off(mail, "451", now=now)

    assert waits == [timedelta(minutes=minutes) for minutes in BACKOFF[:-1]]
    assert (mail.state, mail.attempts) == (MailState.FAILED, LIMIT)


def test_however_long_the_server_is_away_no_mail_is_given_up(session: Session) -> None:
    queue(session)
    now = NOW
    for _try in range(5 * LIMIT):
        mail = claim(session, now)
        outbox.give_back(mail, "refused", now=now)
        session.flush()
        now = mail.not_before

    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)


def test_a_mail_in_doubt_is_sent_once_more_and_then_left_to_staff(session: Session) -> None:
    queue(session)
    outbox.uncertain(claim(session), "lost", now=NOW)
    session.flush()
    assert outbox.claim_next(session, now=NOW + DOUBT - SECOND) is None

    again = claim(session, NOW + DOUBT)
    outbox.uncertain(again, "lost", now=NOW + DOUBT)
    session.flush()

    assert again.state is MailState.UNCERTAIN
    assert outbox.claim_next(session, now=NOW + timedelta(days=30)) is None


def test_staff_can_have_a_failed_mail_sent_after_all(session: Session) -> None:
    queue(session)
    mail = claim(session)
    outbox.refused(mail, "550")
    outbox.try_again(mail, now=NOW)
    session.flush()

    assert claim(session).id == mail.id


def test_trying_again_does_nothing_to_a_mail_that_went(session: Session) -> None:
    queue(session)
    mail = claim(session)
    outbox.sent(mail, now=NOW)

    outbox.try_again(mail, now=NOW)

    assert mail.state is MailState.SENT


def test_what_waits_can_be_called_back_by_what_it_is_about_or_by_its_reader(
    session: Session,
) -> None:
    about = uuid4()
    queue(session, letter("a", about))
    queue(session, letter("b", uuid4()))
    queue(session, letter("c", to="gone@example.org"))

    assert outbox.cancel(session, about_id=about, purpose="invitation") == 0
    assert outbox.cancel(session, about_id=about, purpose="reminder") == 1
    assert outbox.cancel_to(session, "gone@example.org") == 1

    assert claim(session).key == "b"
    assert outbox.claim_next(session, now=NOW) is None


def test_a_batch_takes_each_mail_once_even_if_it_is_due_again(session: Session) -> None:
    queue(session)
    far = NOW + timedelta(days=365)
    mail = outbox.claim_next(session, now=NOW, due=far, begun=NOW)
    assert mail is not None
    outbox.put_off(mail, "451", now=NOW)
    session.flush()

    assert outbox.claim_next(session, now=NOW, due=far, begun=NOW) is None
    later = NOW + SECOND
    assert outbox.claim_next(session, now=later, due=far, begun=later) is not None


def test_a_subject_is_one_line(session: Session) -> None:
    queue(session, Letter("k", "p", "a@example.org", "en", "One\r\nBcc: b@example.org", "Text"))

    assert session.exec(select(Mail.subject)).one() == "One Bcc: b@example.org"
