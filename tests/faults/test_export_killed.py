"""An export whose worker is killed on its way is made again, and no part of it can be fetched."""

from zipfile import ZipFile

import pytest
from sqlmodel import Session, select

from analytics.files import UNFINISHED, Shelf
from analytics.models import Export, ExportFormat
from core.clock import now
from movement.models import Call, Person
from tests.faults.arranged import field_of, start_all
from tests.servers.instance import Instance, wait_until

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(120)]


def ask(session: Session) -> None:
    call, person = session.scalars(select(Call)).one(), session.scalars(select(Person)).first()
    assert person is not None
    session.add(
        Export(call_id=call.id, format=ExportFormat.CSV, person_id=person.id, asked_at=now())
    )
    session.commit()


def test_an_export_killed_on_its_way_is_made_again_after_its_lease(place: Instance) -> None:
    start_all(place, field_of(place, 4))
    shelf = Shelf(place.folder)
    with place.session() as session:
        ask(session)
    worker = place.start_worker(FAULTS_SLOW_EXPORT="2")
    running = "SELECT count(*) FROM export WHERE state = 'running'"
    assert wait_until(lambda: place.scalar(running) == 1, seconds=40), worker.last_words()
    assert wait_until(lambda: any(shelf.folder.glob(f"{UNFINISHED}*")))
    place.kill(worker)
    assert place.scalar(running) == 1
    assert [path for path in shelf.folder.iterdir() if path.is_file()] == []

    worker = place.start_worker()
    ready = "SELECT count(*) FROM export WHERE state = 'ready'"
    assert wait_until(lambda: place.scalar(ready) == 1, seconds=40), worker.last_words()

    (whole,) = (path for path in shelf.folder.iterdir() if path.is_file())
    assert whole.name == place.scalar("SELECT filename FROM export")
    with ZipFile(whole) as archive:
        assert archive.testzip() is None
