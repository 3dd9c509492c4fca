"""A browser for each test process, and a site of its own for each file that asks for one."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.browser.arranging import arrange
from tests.browser.site import Site, prepared, running
from tests.browser.visitor import Visitor
from tests.servers.smtp import Mailbox
from tests.servers.smtp import smtp as smtp_server

Enter = Callable[..., Visitor]
Arranged = tuple[Path, dict[str, str]]


@pytest.fixture(scope="session")
def template(shared_folder: Path) -> Path:
    """A data folder with directory and demonstration, shared by the test processes of a run."""
    return prepared(shared_folder)


@pytest.fixture(scope="session")
def arranged_in(
    chromium: Browser, template: Path, templates: Path, shared_folder: Path
) -> Callable[[str], Arranged]:
    """A data folder in every state its pages show, for people who read a language.

    The first process to ask brings it about; the others wait for it.
    """

    def arranged_in(language: str) -> Arranged:
        data, said = shared_folder / f"arranged-{language}", shared_folder / f"{language}.json"
        with (shared_folder / f"{language}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not said.exists():
                shutil.rmtree(data, ignore_errors=True)
                (folder := shared_folder / f"files-{language}").mkdir(exist_ok=True)
                with running(template, data, templates) as site:
                    said.write_text(json.dumps(arrange(chromium, site, language, folder)))
        return data, json.loads(said.read_text())

    return arranged_in


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest,
    template: Path,
    templates: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A site without a worker, for one file: what its tests change, others don't see.

    Where the file names a LANGUAGE, it is in every state its pages show.
    """
    if language := getattr(request.module, "LANGUAGE", ""):
        template, _places = request.getfixturevalue("arranged_in")(language)
    with running(template, tmp_path_factory.mktemp("site") / "var", templates) as site:
        yield site


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """A real mail server."""
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def whole_site(
    template: Path, templates: Path, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site with its worker, scheduler and mail server, for one file."""
    with running(template, tmp_path_factory.mktemp("site") / "var", templates, mailbox) as site:
        yield site


@pytest.fixture
def enter(chromium: Browser) -> Iterator[Enter]:
    """Lets somebody sit down at a fresh browser; at the end no page may have had any trouble."""
    visitors: list[Visitor] = []

    def sit_down(site: Site, **options: Any) -> Visitor:
        visitors.append(Visitor(chromium, site, **options))
        return visitors[-1]

    yield sit_down
    troubles = [trouble for visitor in visitors for trouble in visitor.leave()]
    assert troubles == []


@pytest.fixture(scope="module")
def arranged(
    request: pytest.FixtureRequest, arranged_in: Callable[[str], Arranged]
) -> dict[str, str]:
    """What fills the places in braces of the addresses, on the site of the module's LANGUAGE."""
    return arranged_in(request.module.LANGUAGE)[1]


@pytest.fixture(scope="module")
def visitor_of(
    chromium: Browser, site: Site, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Visitor]]:
    """Everybody's browser in the module's LANGUAGE, kept for their next page."""
    seated: dict[str, Visitor] = {}

    def seat(who: str) -> Visitor:
        if who not in seated:
            seated[who] = Visitor(chromium, site, language=request.module.LANGUAGE, person=who)
            seated[who].context.add_init_script(AXE_SCRIPT)  # sent to the browser once
        return seated[who]

    yield seat
    for visitor in seated.values():
        visitor.leave()
