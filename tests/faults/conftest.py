"""An installation on the test's database: SQLite and a queue of files, or PostgreSQL and Valkey."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import TEMPLATE
from tests.faults.arranged import Started, field_of, start_all
from tests.servers.instance import Instance, instance
from tests.servers.ports import free_port
from tests.servers.postgresql import PostgreSQL
from tests.servers.smtp import Mailbox
from tests.servers.valkey import Valkey


@pytest.fixture
def place(
    request: pytest.FixtureRequest, database: str, tmp_path: Path, smtp: Mailbox
) -> Iterator[Instance]:
    """One installation with a mail server; nothing of it runs yet."""
    broker: Valkey | None = request.getfixturevalue("broker") if database else None
    with instance(
        tmp_path,
        database_url=database,
        broker_url=broker.url if broker else "",
        smtp_url=smtp.url,
        requests_per_minute=1_000_000,
    ) as made:
        yield made


@dataclass
class Site:
    """A web server that several tests share: each takes organisations of its own.

    `broker_port`: where its broker would be; none is there.
    """

    place: Instance
    broker_port: int
    codes: list[str] = field(default_factory=list)

    def response(self, *, complete: bool = True) -> Started:
        """The response of an organisation no test has had yet."""
        return start_all(self.place, [self.codes.pop()], complete=complete)[0]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A running web server on each database, its broker away."""
    folder, url = tmp_path_factory.mktemp("site"), ""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), folder / "plenary.sqlite3")
    else:
        server: PostgreSQL = request.getfixturevalue("postgres")
        url = server.url(server.create_database(TEMPLATE))
    port = free_port()
    options = {"database_url": url, "broker_url": f"redis://127.0.0.1:{port}/0"}
    with instance(folder, requests_per_minute=1_000_000, **options) as place:
        codes = field_of(place, 30)
        place.start_web()
        yield Site(place, port, codes)


@pytest.fixture
def site(shared_site: Site) -> Iterator[Site]:
    """The running web server, without the browsers of earlier tests."""
    yield shared_site
    shared_site.place.close_browsers()
