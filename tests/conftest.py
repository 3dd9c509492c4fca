"""What every test may ask for: an application on a fresh database, a browser-like client, servers.

`app` runs on SQLite; a test marked `both_databases` runs on SQLite and on PostgreSQL.
"""

import gc
import os
import shutil
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis
from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Dialect, Engine, create_engine, event
from sqlmodel import Session
from werkzeug.routing import Rule

from core import db
from core.app import create_app
from core.commands import alembic_config
from core.settings import Settings
from tests.servers.browser import launch_options
from tests.servers.postgresql import PostgreSQL, postgresql
from tests.servers.smtp import Mailbox
from tests.servers.smtp import smtp as smtp_server
from tests.servers.valkey import Valkey, valkey

TEMPLATE = "plenary_template"
COMPILED = ("_parts", "_trace", "_converters", "arguments", "_build", "_build_unknown")
"""What compiling a rule of addresses finds out."""

# Property tests have no clock: a busy machine is no failure.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    # Modules are compiled once, also where the environment would have each process do it anew: of
    # the many that tests start, each would spend two seconds of its three on compiling.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    config.addinivalue_line("markers", "both_databases: run on SQLite and on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        kinds = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("database", kinds, indirect=True, ids=kinds)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the collector of garbage what stays for the whole run: modules, thousands of tests.

    It rests until they are there, and afterwards looks through old objects a tenth as often.
    """
    gc.disable()
    result = yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 100)
    gc.enable()
    return result


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """Each application has its own map of addresses, whose rules are compiled once for all.

    For each of some 130 rules Werkzeug takes the text apart and makes two functions: nine tenths of
    what an application costs. They depend on the rule's text and the map's kinds of converters; the
    functions take the rule itself as an argument.
    """
    made: dict[tuple[object, ...], dict[str, Any]] = {}
    compile_anew = Rule.compile

    def compile_once(rule: Rule) -> None:
        kinds = tuple(rule.map.converters.values())
        key = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, *kinds)
        if rule.defaults or rule.map.host_matching:
            compile_anew(rule)
        elif key in made:
            vars(rule).update(made[key])
            rule._build = made[key]["_build"].__func__.__get__(rule)
            rule._build_unknown = made[key]["_build_unknown"].__func__.__get__(rule)
        else:
            compile_anew(rule)
            made[key] = {name: vars(rule)[name] for name in COMPILED}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Each application has its own engine, whose statements are compiled once for all.

    What SQLAlchemy makes of a statement depends on the dialect alone, which it keeps in each
    engine; engines that were made alike get the first one's that has seen its server.
    """
    known: dict[object, tuple[Dialect, dict[Any, Any]]] = {}

    def make(url: str, **how: Any) -> Engine:
        engine = create_engine(url, **how)
        key = (engine.dialect.name, how.get("isolation_level"))
        if key in known:
            engine.dialect, compiled = known[key]
            engine.update_execution_options(compiled_cache=compiled)
        else:

            @event.listens_for(engine, "first_connect")
            def _seen(_connection: object, _record: object) -> None:
                known.setdefault(key, (engine.dialect, {}))

        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "create_engine", make)
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the test processes of a run share; xdist gives each its own below."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the schema and nothing else; copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    command.upgrade(alembic_config(Settings(data_dir=folder)), "head")
    path = folder / "plenary.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    with closing(engine.raw_connection()) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """A real PostgreSQL server, with a migrated template database."""
    with postgresql(durable=False) as server:
        with server.connect() as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        command.upgrade(alembic_config(Settings(database_url=server.url(TEMPLATE))), "head")
        yield server


@pytest.fixture(scope="session")
def database_on_server(postgres: PostgreSQL) -> str:
    """The name of a migrated database, emptied after each test: making one takes half a second."""
    return postgres.create_database(TEMPLATE)


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """A real Valkey server."""
    with valkey() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium, one for each test process: playwright runs once in a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        yield chromium
        chromium.close()


@pytest.fixture
def broker(valkey_server: Valkey) -> Valkey:
    """The Valkey server, empty."""
    with redis.Redis.from_url(valkey_server.url) as connection:
        connection.flushall()
    return valkey_server


@pytest.fixture
def smtp() -> Iterator[Mailbox]:
    """A real mail server that keeps what it gets."""
    with smtp_server() as server:
        yield server


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database ("" for SQLite in the test's data folder)."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "plenary.sqlite3")
        yield ""
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    name: str = request.getfixturevalue("database_on_server")
    yield server.url(name)
    server.empty(name)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The settings of the test's application."""
    return Settings(data_dir=tmp_path, database_url=database, base_url="http://localhost")


@pytest.fixture(scope="session")
def templates(shared_folder: Path) -> Path:
    """The folder of templates compiled once for all applications and web servers of a run."""
    folder = shared_folder / "templates"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def compiled_templates(templates: Path) -> FileSystemBytecodeCache:
    """Those of `templates`, for an application in the test's process."""
    return FileSystemBytecodeCache(str(templates))


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The whole application, as development runs it."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled_templates
    app.testing = False  # errors get the pages people get
    yield app
    app.extensions["sessions"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own, to arrange and look; commit what the app should see."""
    with app.extensions["sessions"]() as session:
        yield session
