"""Attacks 26, 30 and 49: whatever a text holds, it is text on every page and in every mail."""

from email.message import EmailMessage

import pytest
from sqlmodel import delete, select, update

from core.models import Mail
from core.smtp import compose
from movement.models import Call, CallMessage, Organisation, Participation, Person, Role
from tests.attacks.addresses import Address, addresses, own
from tests.attacks.browser import Page
from tests.attacks.hostile import PAYLOAD, SYNTAX
from tests.attacks.world import NOBODY, World
from tests.pages import forms_of

WHO = [*(role.value for role in Role), "stranger", NOBODY]


def pages(world: World, who: str) -> list[Address]:
    """All that somebody may ask for, once the secretariat has said why."""
    if who == Role.SECRETARIAT:
        world.send(who, "/answer/spring/KEN/on-behalf", {"reason": PAYLOAD})
    return [address for address in addresses(world, own(world)) if "GET" in address.verbs]


@pytest.mark.parametrize("who", WHO)
def test_no_text_comes_alive_on_any_page_and_no_syntax_is_replaced(world: World, who: str) -> None:
    alive, shown = {}, 0

    for address in pages(world, who):
        answer = world.get(who, address.path)
        if answer.mimetype == "text/html":
            page = Page(answer.text)
            shown += SYNTAX in page.text
            if page.alive:
                alive[address.path] = page.alive

    assert alive == {}
    assert shown


@pytest.mark.parametrize("who", [Role.FOCAL_POINT, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_no_text_comes_alive_on_the_page_of_a_refusal(world: World, who: str) -> None:
    alive, kept = {}, 0

    for address in addresses(world, own(world)):
        for fields in ({PAYLOAD: PAYLOAD}, {PAYLOAD: PAYLOAD, "csrf_token": "wrong"}):
            if "POST" in address.verbs:
                page = Page(world.send(who, address.path, fields).text)
                kept += PAYLOAD in page.text
                if page.alive:
                    alive[address.path] = page.alive

    assert alive == {}
    assert kept


@pytest.mark.parametrize("who", [Role.FOCAL_POINT, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_no_text_typed_into_a_form_comes_alive_when_it_is_shown_again(
    world: World, who: str
) -> None:
    alive, shown = {}, 0

    for address in pages(world, who):
        html = world.get(who, address.path)
        for form in forms_of(html.text) if html.mimetype == "text/html" else ():
            fields = {name: PAYLOAD for name in form.fields if name != "csrf_token"}
            answer = world.send(who, form.action or address.path, fields, follow_redirects=True)
            world.restore()
            page = Page(answer.text) if answer.mimetype == "text/html" else Page("")
            shown += PAYLOAD in page.text
            if page.alive:
                alive[address.path, form.action] = page.alive

    assert alive == {}
    assert shown


def bodies(world: World) -> list[tuple[str, str]]:
    """Each mail's plain text and HTML."""
    with world.session() as session:
        messages = [compose(mail, "A <a@example.org>") for mail in session.exec(select(Mail))]
    return [(body(message, "plain"), body(message, "html")) for message in messages]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_no_text_comes_alive_in_a_mail_and_only_its_own_placeholders_are_filled(
    world: World,
) -> None:
    mails = bodies(world)

    assert mails
    for plain, html in mails:
        assert Page(html).alive == []
        assert SYNTAX in plain
        assert "{link}" not in plain


def test_a_link_in_a_name_is_not_live_in_any_mail(world: World) -> None:
    link = "https://evil.example/x www.evil.example evil.example/x a@evil.example"
    with world.session() as session:
        session.exec(delete(Mail))
        session.exec(update(Person).values(name=link))
        session.exec(update(Organisation).values(names={"en": link}))
        session.exec(update(Call).values(titles={"en": link}))
        session.exec(update(Participation).values(invited_at=None))
        session.exec(delete(CallMessage))
        session.commit()

    world.send(
        "focal_point", "/organisations/KEN/people",
        {"email": "other@example.org", "role": "respondent", "name": link},
    )  # fmt: skip
    world.send("secretariat", "/calls/spring/invite", {"whom": "all"})
    key = "a" * 32
    world.send("secretariat", "/calls/spring/reminders/send", {"to": "all", "form_key": key})
    response = world.ids["KEN spring"]
    world.send("focal_point", f"/responses/{response}/sections/only", {"edition": "1"})
    world.send("focal_point", f"/responses/{response}/submit", {"key": "k"})

    with world.session() as session:
        found = session.exec(select(Mail)).all()
    assert {mail.purpose for mail in found} == {"colleague", "invitation", "receipt", "reminder"}
    for mail in found:
        assert "evil.example" not in mail.subject + mail.body, mail.purpose
