"""A production installation under attack: gunicorn, PostgreSQL, a mail server, a strong secret.

It stands behind no proxy here: requests name the public host, as one would.
"""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.attacks.arranging import build
from tests.attacks.world import World
from tests.performance.journey import TOKEN
from tests.servers.instance import Instance, instance
from tests.servers.smtp import Mailbox

HOST = "plenary.example"
SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"


@dataclass(frozen=True)
class Answer:
    """What the server sent; headers by their names in small letters."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


@dataclass
class Visitor:
    """Somebody's browser on the public address, with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, path: str, verb: str = "GET", body: Mapping[str, str] | None = None,
        **headers: str,
    ) -> Answer:  # fmt: skip
        """One request. Headers: `X_Forwarded_Host="…"` for X-Forwarded-Host."""
        sent = {"Host": HOST, **{name.replace("_", "-"): text for name, text in headers.items()}}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        content = None
        if body is not None:
            content = urlencode(body)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(verb, path, content, sent)
        got = connection.getresponse()
        content_type = [(name.lower(), text) for name, text in got.getheaders()]
        cookies = [text for name, text in content_type if name == "set-cookie"]
        answer = Answer(got.status, dict(content_type), cookies, got.read())
        connection.close()
        for cookie in cookies:
            name, _, text = cookie.partition(";")[0].partition("=")
            self.cookies[name] = text
        return answer

    def send(self, path: str, page: str = "/sign-in", **fields: str) -> Answer:
        """A form sent with the token of a page."""
        token = TOKEN.search(self.ask(page).text)
        assert token
        return self.ask(path, "POST", {"csrf_token": token.group(1), **fields})


@dataclass
class Attacked:
    """The running installation and what is arranged in it."""

    place: Instance
    world: World
    smtp: Mailbox

    def visitor(self, who: str = "") -> Visitor:
        """A browser; of somebody who has signed in, if named."""
        cookies = {"__Host-plenary": self.world.tokens[who]} if who else {}
        return Visitor(self.place.port, cookies)

    def logs(self) -> str:
        """All that its processes have written."""
        return "\n".join(path.read_text() for path in self.place.folder.glob("*.log"))


@contextmanager
def attacked(folder: Path, database_url: str, smtp: Mailbox) -> Iterator[Attacked]:
    """An installation in production mode, with the hostile world in its database."""
    options = {
        "environment": "production", "secret_key": SECRET, "base_url": f"https://{HOST}",
        "database_url": database_url, "smtp_url": smtp.url, "requests_per_minute": 1_000_000,
    }  # fmt: skip
    with instance(folder, **options) as place:
        world = build(place.app, folder)
        place.start_web()
        place.start_worker()
        yield Attacked(place, world, smtp)
