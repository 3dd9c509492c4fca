"""A directory that is there already, with a call, is kept whole, and its networks get voices."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import JSON, Connection, MetaData, Table, Uuid, column, insert, select, table
from sqlalchemy.types import Date

from core.commands import alembic_config
from core.db import make_engine
from core.settings import Settings
from tests.servers.postgresql import PostgreSQL

BEFORE, AFTER = "0008", "0009"
KENYA, NETWORK, PROCESS, CALL, PART = (uuid4() for _ in range(5))


def columns(**types: Any) -> list[Any]:
    return [column(name, kind) for name, kind in types.items()]


ORGANISATION = table(
    "organisation",
    *columns(
        id=Uuid(), code=None, kind=None, names=JSON(), countries=JSON(), timezone=None,
        weekend_days=JSON(), note=None,
    ),
)  # fmt: skip
GROUP = table(
    "network_or_group",
    *columns(
        id=Uuid(), code=None, kind=None, names=JSON(), short_name=None, members_complete=None,
        member_count_as_of=None, note=None, sources=JSON(),
    ),
)  # fmt: skip
PROCESSES = table("process", *columns(id=Uuid(), code=None, titles=JSON(), demonstration=None))
CALLS = table(
    "call",
    *columns(
        id=Uuid(), code=None, process_id=Uuid(), titles=JSON(), state=None, frame_date=Date(),
        closes_on=Date(), demonstration=None, test=None,
    ),
)  # fmt: skip
PARTS = table(
    "participation",
    *columns(
        id=Uuid(), call_id=Uuid(), organisation_id=Uuid(), in_frame=None, state=None,
        decline_reason=None,
    ),
)  # fmt: skip


def fill(connection: Connection) -> None:
    """One Society that takes part in one call, and one network with a long code."""
    texts = {"names": {"en": "Kenya"}, "countries": {}, "weekend_days": [6, 7], "note": ""}
    group = {"names": {"en": "A long name"}, "short_name": "", "member_count_as_of": "", "note": ""}
    call = {"titles": {}, "frame_date": date(2026, 1, 1), "closes_on": date(2026, 2, 1)}
    rows: list[tuple[Any, dict[str, Any]]] = [
        (ORGANISATION, {"id": KENYA, "code": "KEN", "kind": "national_society",
                        "timezone": "Africa/Nairobi", **texts}),
        (GROUP, {"id": NETWORK, "code": "a_network_of_many", "kind": "network", "sources": [],
                 "members_complete": False, **group}),
        (PROCESSES, {"id": PROCESS, "code": "p", "titles": {}, "demonstration": False}),
        (CALLS, {"id": CALL, "code": "spring", "process_id": PROCESS, "state": "open",
                 "demonstration": False, "test": False, **call}),
        (PARTS, {"id": PART, "call_id": CALL, "organisation_id": KENYA, "in_frame": True,
                 "state": "invited", "decline_reason": ""}),
    ]  # fmt: skip
    for into, values in rows:
        connection.execute(insert(into).values(**values))


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path)
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    yield Settings(database_url=server.url(server.create_database()))


def run_on(settings: Settings, act: Any) -> Any:
    engine = make_engine(settings.database)
    try:
        with engine.begin() as connection:
            return act(connection)
    finally:
        engine.dispose()


def directory(connection: Connection) -> list[tuple[str, str]]:
    found = select(ORGANISATION.c.code, ORGANISATION.c.kind).order_by(ORGANISATION.c.code)
    return [(row.code, row.kind) for row in connection.execute(found)]


def parts(connection: Connection) -> int:
    return len(connection.execute(select(PARTS.c.id)).all())


def test_what_was_there_stays_and_each_network_gets_a_voice(settings: Settings) -> None:
    config = alembic_config(settings)
    command.upgrade(config, BEFORE)
    run_on(settings, fill)

    command.upgrade(config, AFTER)

    def linked(connection: Connection) -> Any:
        groups = Table("network_or_group", MetaData(), autoload_with=connection)
        return connection.execute(
            select(groups.c.code)
            .join(ORGANISATION, ORGANISATION.c.id == groups.c.organisation_id)
            .where(ORGANISATION.c.kind == "network")
        ).scalar_one()

    assert run_on(settings, directory) == [
        ("A_NETWORK_OF_MANY", "network"),
        ("KEN", "national_society"),
    ]
    assert run_on(settings, linked) == "a_network_of_many"
    assert run_on(settings, parts) == 1


def test_going_back_takes_out_the_voices_and_nothing_else(settings: Settings) -> None:
    config = alembic_config(settings)
    command.upgrade(config, BEFORE)
    run_on(settings, fill)

    command.upgrade(config, AFTER)
    command.downgrade(config, BEFORE)

    assert run_on(settings, directory) == [("KEN", "national_society")]
    assert run_on(settings, parts) == 1
