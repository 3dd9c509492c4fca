"""What invitations and reminders say: placeholders are words, never code, and links stand alone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from core.models import AuditEntry
from core.settings import Settings
from movement.message_texts import DEFAULTS, INVENTED, LANGUAGES
from movement.models import Call, MessageKind, Organisation
from movement.placeholders import BadMessage, check, fill
from movement.queries.calls import messages_of
from movement.services.messages import Office, days_in_words, language_for, text_for, write
from tests.movement.arranged import NOW, OFFICE, add_regions, call, society

LINK = "https://plenary.example.org/answer/spring/KEN"


@pytest.fixture
def kenya(session: Session) -> Organisation:
    add_regions(session)
    return society(session, "KEN")


def texts(
    session: Session, made: Call, to: Organisation, language: str, now: datetime = NOW
) -> tuple[str, str]:
    messages = messages_of(session, made.id)
    return text_for(
        made, messages, MessageKind.REMINDER, to, language=language, office=OFFICE, now=now
    )


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_a_call_begins_with_can_be_mailed(kind: MessageKind, language: str) -> None:
    check(*DEFAULTS[kind][language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_of_the_first_texts_is_filled_in_each_language(
    session: Session, kenya: Organisation, language: str
) -> None:
    subject, body = texts(session, call(session), kenya, language)

    assert "{" not in subject + body
    assert LINK in body.splitlines()
    assert body.endswith("Secretariat")


@given(st.text(), st.text())
def test_a_value_with_braces_is_not_looked_into_again(before: str, value: str) -> None:
    assert fill("{title}", {"title": value}) == value
    assert fill(before.replace("{", ""), {"title": value}) == before.replace("{", "")


@pytest.mark.parametrize(
    "text",
    ["{title.__class__}", "{0}", "{title!r}", "{title:>9999999}", "{sender[0]}", "{{title}", "{ }"],
)
def test_no_placeholder_reaches_into_anything(text: str) -> None:
    assert "__main__" not in fill(text, {"title": "T", "sender": "S"})
    assert len(fill(text, {"title": "T", "sender": "S"})) <= len(text)


@pytest.mark.parametrize(
    ("subject", "body", "says"),
    [
        ("", "{link}", "subject"),
        ("Hello", " ", "text"),
        ("Hello", "{name}\n{link}", "{name}"),
        ("Hello {title.__class__}", "{link}", "title.__class__"),
        ("Hello {link}", "{link}", "subject"),
        ("Hello", "Answer.", "needs {link}"),
        ("Hello", "Answer at {link}", "own"),
        ("Hello\r\nBcc: a@example.org", "{link}", "one line"),
    ],
)
def test_a_text_that_cannot_be_mailed_is_refused_saying_why(
    subject: str, body: str, says: str
) -> None:
    with pytest.raises(BadMessage) as refusal:
        check(subject, body)

    sentence = refusal.value.message.message % refusal.value.message.values  # type: ignore[attr-defined]  # a lazy text
    assert says in sentence


def test_braces_that_are_no_placeholders_are_literal() -> None:
    check("A set {1, 2}", "{ and } and {see below} stay\n\n{link}")


def test_a_changed_text_is_what_is_sent_and_stands_on_record(
    session: Session, kenya: Organisation
) -> None:
    made = call(session)

    for _twice in range(2):
        write(
            session, made, MessageKind.REMINDER, "en",
            subject="  Soon: {title} ", body="Until {deadline}\r\n\r\n{link}\r\n", now=NOW,
        )  # fmt: skip

    assert texts(session, made, kenya, "en") == (
        "Soon: Spring survey", f"Until 31 March 2026, end of the day (Kenya Time)\n\n{LINK}"
    )  # fmt: skip
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "call.message")).all()
    assert len(entries) == 1


def test_without_a_text_in_the_language_the_english_one_is_sent(
    session: Session, kenya: Organisation
) -> None:
    made = call(session)
    messages = messages_of(session, made.id)
    for key in [key for key in messages if key[1] == "fr"]:
        session.delete(messages[key])
    session.flush()

    _, body = texts(session, made, kenya, "fr")

    assert "31 March 2026" in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demonstrations_mail_says_in_its_first_line_that_answers_are_invented(
    session: Session, kenya: Organisation, language: str
) -> None:
    _, body = texts(session, call(session, demonstration=True), kenya, language)

    assert body.splitlines()[0] == INVENTED[language]


def test_a_link_or_line_break_in_a_name_is_not_live_in_mail(
    session: Session, kenya: Organisation
) -> None:
    kenya.names = {"en": "Society\nhttps://evil.example/ www.evil.example"}

    _, body = texts(session, call(session), kenya, "en")

    assert "evil" not in body


def test_the_last_day_is_said_in_words(session: Session, kenya: Organisation) -> None:
    last_day = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)

    _, body = texts(session, call(session), kenya, "en", last_day)

    assert "Time left: until the end of today" in body


@pytest.mark.parametrize(
    ("days", "words"), [(1, "يوم واحد"), (2, "يومان"), (7, "7 أيام"), (14, "14 يومًا")]
)
def test_arabic_counts_days_as_arabic_does(days: int, words: str) -> None:
    assert days_in_words(days, "ar") == words


@pytest.mark.parametrize(("own", "used"), [("fr", "fr"), ("de", "en"), (None, "en")])
def test_an_organisation_whose_language_is_not_spoken_here_is_written_to_in_english(
    kenya: Organisation, own: str | None, used: str
) -> None:
    kenya.language = own

    assert language_for(kenya) == used


def test_the_office_comes_from_the_settings() -> None:
    settings = Settings(mail_from="The office <a@b.example>", base_url="https://c.example:8443/")

    office = Office.of(settings)

    assert (office.name, office.base_url, office.domain) == (
        "The office", "https://c.example:8443", "c.example"
    )  # fmt: skip
