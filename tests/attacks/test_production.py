"""Attacks 24, 25, 45 to 47, 50 to 54 on a running installation in production mode."""

import re
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus

import pytest
from sqlmodel import col, func, select

from core.clock import now
from movement.services.signin import make_link
from surveys.models import Response, Submission
from tests.attacks.addresses import addresses, own
from tests.attacks.production import HOST, SECRET, Attacked, attacked
from tests.conftest import TEMPLATE
from tests.servers.instance import InBackground, wait_until
from tests.servers.postgresql import PostgreSQL
from tests.servers.smtp import smtp as smtp_server

pytestmark = pytest.mark.timeout(180)
PEOPLE = ("", "focal_point", "secretariat", "co_chair", "administrator")
LOADED = r"""(?:src|href|action|url)\s*[=(]\s*["']?\s*(?:https?:)?//(?!plenary\.example)"""
ELSEWHERE = re.compile(LOADED)
LINK = re.compile(r"<a\s[^>]*>")
"""A link asks nobody for anything until a person follows it, as those to a report's evidence."""
HOSTS = ("evil.example", "plenary.example.evil.example", "", "127.0.0.1", "localhost",
         "plenary.example@evil.example", "evil.example:443")  # fmt: skip
KEPT_IN_CACHES = ("static", "results.plotly")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, postgres: PostgreSQL) -> Iterator[Attacked]:
    name = postgres.create_database(TEMPLATE)
    folder = tmp_path_factory.mktemp("production")
    with smtp_server() as mail, attacked(folder, postgres.url(name), mail) as running:
        yield running
    postgres.drop_database(name)


def every_page(site: Attacked) -> list[tuple[str, str]]:
    """(endpoint, path) of all there is to read, a missing page and a static file among them."""
    found = [
        (one.endpoint, one.path) for one in addresses(site.world, own(site.world))
        if "GET" in one.verbs
    ]  # fmt: skip
    return [*found, ("none", "/no-such-page"), ("static", "/static/css/plenary.css")]


NOWHERE = "'none'"
FRAMED = {"authoring.preview": "'self'"}
"""What our own pages show in a frame, to those who may see it; nobody else's refusal is framed."""


@pytest.mark.parametrize("who", PEOPLE)
def test_every_answer_carries_its_rules_and_no_personal_page_stays_in_a_cache(
    site: Attacked, who: str
) -> None:
    visitor, wrong = site.visitor(who), {}

    for endpoint, path in every_page(site):
        answer = visitor.ask(path)
        headers = answer.headers
        policy = headers.get("content-security-policy", "")
        frame = FRAMED.get(endpoint, NOWHERE) if answer.status == HTTPStatus.OK else NOWHERE
        fine = (
            "default-src 'none'" in policy
            and f"frame-ancestors {frame};" in policy
            and "script-src 'self';" in policy
            and "unsafe" not in policy
            and headers.get("x-content-type-options") == "nosniff"
            and headers.get("referrer-policy") == "same-origin"
            and headers.get("strict-transport-security", "").startswith("max-age=63072000")
            and (endpoint in KEPT_IN_CACHES or headers.get("cache-control") == "no-store")
            and "public" not in (headers.get("cache-control", "") if endpoint != "static" else "")
        )
        if not fine:
            wrong[path] = headers

    assert wrong == {}


def test_refusals_carry_the_same_rules(site: Attacked) -> None:
    visitor = site.visitor()
    refused = [
        visitor.ask("/sign-in", "POST", {"email": "a@b.example"}),
        visitor.ask("/sign-in", "DELETE"),
        visitor.ask("/no-such-page%00"),
        visitor.ask("/people", "POST", {}, Origin="https://evil.example"),
        visitor.ask("/sign-in", "POST", {f"f{number}": "x" for number in range(10_000)}),
        visitor.ask("/", Host="evil.example"),
    ]

    assert [answer.status for answer in refused] == [400, 405, 400, 403, 413, 400]
    for answer in refused:
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_asks_another_host_for_anything(site: Attacked, who: str) -> None:
    visitor = site.visitor(who)

    pages = {path: visitor.ask(path).text for endpoint, path in every_page(site)
             if endpoint != "results.plotly"}  # fmt: skip

    assert {
        path: found for path, html in pages.items()
        if (found := ELSEWHERE.findall(LINK.sub("", html)))
    } == {}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_request_for_another_host_is_refused(site: Attacked, host: str) -> None:
    answer = site.visitor().ask("/sign-in", Host=host)

    assert answer.status == HTTPStatus.BAD_REQUEST
    assert "csrf_token" not in answer.text


def test_what_a_proxy_claims_is_not_believed_and_mail_names_the_configured_address(
    site: Attacked,
) -> None:
    visitor = site.visitor()
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.ask("/sign-in").text)
    assert token
    site.smtp.clear()

    answer = visitor.ask(
        "/sign-in", "POST", {"csrf_token": token[1], "email": "approver@example.org"},
        X_Forwarded_Host="evil.example", X_Forwarded_Proto="http", Forwarded="host=evil.example",
        X_Original_URL="//evil.example", X_Forwarded_Prefix="/evil",
    )  # fmt: skip

    assert answer.status == HTTPStatus.OK
    links = [
        mail for mail in site.smtp.wait_for(1) if mail["To"] == "approver@example.org"
    ]  # fmt: skip
    assert wait_until(lambda: any("/sign-in/" in str(mail) for mail in site.smtp.accepted))
    for mail in [*links, *site.smtp.accepted]:
        assert "evil.example" not in str(mail)
    assert any(f"https://{HOST}/sign-in/" in body(mail) for mail in site.smtp.accepted)


def body(mail: object) -> str:
    part = mail.get_body(("plain",))  # type: ignore[attr-defined]  # an EmailMessage
    return str(part.get_content())


def test_cookies_are_bound_to_this_host_and_to_tls(site: Attacked) -> None:
    visitor = site.visitor()
    with site.world.session() as session:
        link = make_link(session, site.world.ids["respondent"], next_path="", now=now())
        session.commit()

    first = visitor.ask("/sign-in")
    entered = visitor.send(f"/sign-in/{link}", f"/sign-in/{link}")

    cookies = [*first.cookies, *entered.cookies]
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "__Host-plenary", "__Host-plenary_form"
    }  # fmt: skip
    for cookie in cookies:
        rules = {rule.strip().lower() for rule in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= rules
        assert not any(rule.startswith("domain") for rule in rules)


def test_fifty_submits_at_once_with_one_key_make_one_receipt(site: Attacked) -> None:
    path = f"/responses/{site.world.ids['KEN spring']}"
    visitor = site.visitor("focal_point")
    edition = re.search(r'name="edition" value="(\d+)"', visitor.ask(f"{path}/sections/only").text)
    assert edition
    visitor.send(f"{path}/sections/only", f"{path}/sections/only", edition=edition[1],
                 q_name="Clinics", q_staff="3")  # fmt: skip
    page = visitor.ask(f"{path}/check").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert token
    assert key
    with site.world.session() as session:
        before = submissions(session)
    form = {"csrf_token": token[1], "key": key[1]}
    browsers = [site.visitor() for _ in range(50)]
    for browser in browsers:
        browser.cookies = dict(visitor.cookies)

    sending = [
        InBackground(partial(browser.ask, f"{path}/submit", "POST", form)) for browser in browsers
    ]
    answers = [one.wait() for one in sending]

    assert {(a.status, a.headers.get("location")) for a in answers} == {(303, f"{path}/receipt")}
    with site.world.session() as session:
        assert submissions(session) == before + 1
        state = select(Response.state).where(Response.id == site.world.ids["KEN spring"])
        assert session.exec(state).one() == "submitted"


def submissions(session: object) -> int:
    count = select(func.count()).select_from(Submission).where(col(Submission.key) != "")
    return int(session.exec(count).one())  # type: ignore[attr-defined]  # a Session


def test_nothing_of_the_workshop_is_public(site: Attacked) -> None:
    """Attack 53, and development's pages."""
    closed = ("/mail", "/metrics", "/debug", "/console", "/.git/config", "/.env", "/wsgi.py",
              "/static/../core/app.py", "/static/%2e%2e/core/app.py", "/demo/administrator",
              "/static/", "/admin", "/server-status", "/var/plenary.sqlite3")  # fmt: skip

    statuses = {path: site.visitor().ask(path).status for path in closed}

    assert set(statuses.values()) == {404}
    assert "Sign in as" not in site.visitor().ask("/sign-in").text


def test_the_logs_hold_no_answer_no_token_no_address_and_no_raw_control_character(
    site: Attacked,
) -> None:
    """Attacks 34 and 54: written last, when everything above has been logged."""
    visitor = site.visitor("focal_point")
    path = f"/responses/{site.world.ids['KEN spring']}"
    visitor.send(f"{path}/reopen", path)
    visitor.send(f"{path}/sections/only", path, edition="999999999", q_name="Confidential answer")
    visitor.send(f"{path}/sections/only", path, edition="x", q_story="Confidential answer")
    visitor.ask("/%1b%5b31mred%0aForged%20line", User_Agent="\x1b[31mred")
    visitor.ask("/sign-in/a-guessed-token", Referer="https://plenary.example/sign-in/secret-token")

    written = site.logs()

    assert "Booting worker" in written
    for secret in ("Confidential answer", "Clinics", SECRET, "a-guessed-token", "secret-token",
                   "@example.org", "Forged line", *site.world.tokens.values()):  # fmt: skip
        assert secret not in written, secret
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", written)
    assert "Traceback" not in written
