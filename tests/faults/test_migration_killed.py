"""A migration killed on its way leaves the old schema or the new one, and can be run again."""

from contextlib import closing
from pathlib import Path
from sqlite3 import OperationalError, connect

import pytest
from sqlalchemy import inspect

from core.processes import Child
from tests.servers.instance import Instance, instance, wait_until
from tests.servers.postgresql import PostgreSQL

pytestmark = pytest.mark.timeout(120)


def tables(place: Instance) -> set[str]:
    return set(inspect(place.app.extensions["sessions"].engine).get_table_names())


def finished(command: Child) -> bool:
    """Whether the command came to its end, and well."""
    assert wait_until(lambda: not command.running, seconds=60)
    return command.status == 0


def assert_runs_again(place: Instance) -> None:
    """The same command now brings the whole schema."""
    assert finished(place.run("db", "upgrade")), place.children[-1].last_words()
    assert {"response", "mail", "alembic_version"} <= tables(place)
    assert place.scalar("SELECT count(*) FROM response") == 0


def test_on_postgresql_a_migration_killed_half_way_leaves_nothing(
    postgres: PostgreSQL, tmp_path: Path
) -> None:
    name = postgres.create_database()
    with instance(tmp_path, database_url=postgres.url(name)) as place:
        with postgres.connect(name) as held:
            held.autocommit = False
            held.execute("CREATE TABLE response (id integer)")  # it must wait for this name
            command = place.run("db", "upgrade")
            waiting = (
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            assert wait_until(lambda: place.scalar(waiting) == 1), command.last_words()
            place.kill(command)
            held.rollback()

        assert wait_until(lambda: tables(place) == set())
        assert_runs_again(place)


def locked_by_another(path: Path) -> bool:
    with closing(connect(path, timeout=0)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except OperationalError:
            return True
    return False


def test_on_sqlite_a_migration_killed_while_it_writes_leaves_nothing(tmp_path: Path) -> None:
    with instance(tmp_path) as place:
        command = place.run("db", "upgrade")
        file = tmp_path / "plenary.sqlite3"
        assert wait_until(file.exists, seconds=60)
        while command.running and not locked_by_another(file):
            pass
        place.kill(command)

        assert tables(place) == set() or "alembic_version" in tables(place)
        assert_runs_again(place)
