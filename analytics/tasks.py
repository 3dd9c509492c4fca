"""The tasks of exports: make one, find those left behind, remove the old.

Claiming, each step of progress, and the end are transactions of their own. The answers are read by
a session that only reads, so that making a file never holds up who is answering.
"""

import logging
import secrets
from pathlib import Path
from uuid import UUID

from celery import shared_task
from flask import Flask, current_app
from flask_babel import force_locale, gettext
from sqlmodel import Session, col, select

from analytics.export.contents import Contents
from analytics.export.csv_files import write_zip
from analytics.export.workbook import write_workbook
from analytics.files import Shelf
from analytics.models import Export, ExportFormat
from analytics.queries.exports import get_contents
from analytics.services import exports
from core import queue
from core.clock import now
from core.db import sessions, transaction
from core.i18n import is_right_to_left
from core.settings import Settings
from movement.models import Call

log = logging.getLogger(__name__)
SUFFIXES = {ExportFormat.XLSX: "xlsx", ExportFormat.CSV: "zip"}
STEPS = 20
"""How often, at most, progress is recorded while a file is written."""


def shelf() -> Shelf:
    """This installation's folder of exported files."""
    settings: Settings = current_app.config["SETTINGS"]
    return Shelf(settings.data_dir)


def make(export_id: UUID) -> bool:
    """Make an export if it is to be made; return whether it was."""
    with transaction() as session:
        export = exports.claim(session, export_id, now=now())
    if export is None:
        return False
    try:
        with force_locale(export.language):
            _make(export)
    except exports.TakenOver:
        log.warning("export %s was taken over by another worker", export_id)
        return False
    except Exception:
        log.exception("export %s failed", export_id)
        _failed(export)
        return False
    return True


def _make(export: Export) -> None:
    with sessions()(writing=False) as reading:
        contents = _contents(reading, export)
        code = contents.wave.call.code
    name = f"{code}-{export.id}-{secrets.token_hex(4)}.{SUFFIXES[export.format]}"
    with shelf().writing(name) as path:
        _write(path, export, contents)
    try:
        with transaction() as session:
            exports.finish(session, export, name, now=now())
    except BaseException:
        shelf().remove([name])
        raise


def _contents(session: Session, export: Export) -> Contents:
    call = session.get_one(Call, export.call_id)
    return get_contents(
        session,
        call.code,
        language=export.language,
        consented_only=export.consented_only,
        now=now(),
    )


def _write(path: Path, export: Export, contents: Contents) -> None:
    total = len(contents.rows)
    every = max(1, total // STEPS)

    def progress(done: int) -> None:
        if done % every == 0 or done in (0, total):
            with transaction() as session:
                exports.progressed(session, export, done=done, total=total)

    progress(0)
    if export.format is ExportFormat.XLSX:
        rtl = is_right_to_left(export.language)
        write_workbook(path, contents, progress, right_to_left=rtl)
    else:
        write_zip(path, contents, progress)


def _failed(export: Export) -> None:
    with force_locale(export.language):
        sentence = gettext("The file could not be made. Ask again; if it fails again, tell us.")
    try:
        with transaction() as session:
            exports.fail(session, export, sentence, now=now())
    except exports.TakenOver:
        log.warning("export %s was taken over by another worker", export.id)


@shared_task(name="analytics.run_export")
def run_export(export_id: str) -> None:
    """Make one export. Woken when it is asked for, and by the sweep."""
    make(UUID(export_id))


@shared_task(name="analytics.sweep_exports")
def sweep_exports() -> None:
    """Wake a worker for every export that waits, or that a dead worker left."""
    with sessions()(writing=False) as reading:
        waiting = exports.waiting(reading, now=now())
    for export_id in waiting:
        queue.wake(run_export, str(export_id))


@shared_task(name="analytics.purge_exports")
def purge_exports() -> None:
    """Remove exports that are a week old, and what killed workers left on disk."""
    with transaction() as session:
        names = exports.purge(session, now=now())
    shelf().remove(names)
    with sessions()(writing=False) as reading:
        known = list(reading.scalars(select(Export.filename).where(col(Export.filename) != "")))
    shelf().tidy(known)


def init_app(app: Flask) -> None:
    """Schedule the sweep and the purge."""
    schedule = app.extensions["celery"].conf.beat_schedule
    schedule["sweep-exports"] = {"task": "analytics.sweep_exports", "schedule": 15.0}
    schedule["purge-exports"] = {"task": "analytics.purge_exports", "schedule": 3600.0}
