"""The hostile world, arranged once for a process and taken back before each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from core.app import create_app
from core.settings import Settings
from tests.attacks.arranging import build
from tests.attacks.world import World


@pytest.fixture(scope="session")
def arranged(
    tmp_path_factory: pytest.TempPathFactory,
    migrated_file: Path,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("attacked")
    shutil.copy(migrated_file, folder / "plenary.sqlite3")
    settings = Settings(
        data_dir=folder, base_url="http://localhost", requests_per_minute=1_000_000,
        guesses_per_hour=1_000_000,
    )  # fmt: skip
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled_templates
    app.testing = False  # errors get the pages people get
    world = build(app, folder)
    yield world
    world.close()


@pytest.fixture
def world(arranged: World) -> World:
    """Everything as it was arranged."""
    arranged.restore()
    arranged.clients.clear()
    return arranged
