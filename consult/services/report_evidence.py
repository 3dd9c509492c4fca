"""Evidence of reports: a file told by its content, an https address, or a document named.

A file is kept as it was sent and leaves only as an attachment. An address is kept and shown, and
never opened from here.
"""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col

from consult.models import ImplementationReport, ReportEvidence, ReportState
from consult.services.drafts import Act
from core.content import safe_name, type_of
from core.errors import Conflict, DomainError
from core.texts import lazy as _l

MOST_BYTES = 10_000_000
MOST_PIECES = 20
MOST_IN_ALL = 100_000_000
"""Pieces of evidence of one report, and bytes of them."""
LONGEST_TITLE, LONGEST_ADDRESS = 300, 500
_ADDRESS = re.compile(r"https://[^\s<>\"'\\]+")


@dataclass(frozen=True)
class Piece:
    """Something that shows what a report says. A file has `name` and `data`."""

    title: str
    address: str = ""
    name: str = ""
    data: bytes = b""


def add(session: Session, report: ImplementationReport, piece: Piece, act: Act) -> ReportEvidence:
    """Keep a piece of evidence. Flushes; the caller has seen that the report may be changed.

    Raises `Conflict` once the report is submitted; `DomainError` for a piece without a title, a
    file of a type that isn't taken or too large, an address that isn't https, and too many pieces.
    """
    _refuse_submitted(report)
    title, address = piece.title.strip(), piece.address.strip()
    if address:
        _check_address(address)
    row = ReportEvidence(report_id=report.id, title=title, address=address, added_at=act.now)
    if piece.name or piece.data:
        _hold(row, piece)
    row.title = row.title or row.name or row.address[:LONGEST_TITLE]
    if not row.title or len(row.title) > LONGEST_TITLE:
        raise DomainError(_l("Say what it is, in at most 300 characters."))
    _refuse_too_many(session, report, row.size)
    session.add(row)
    session.flush()
    return row


def _check_address(address: str) -> None:
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or not _host(address):
        raise DomainError(_l("Write an address that begins with https://, or leave it empty."))


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return "" if parts.username is not None else parts.hostname or ""
    except ValueError:
        return ""


def _hold(row: ReportEvidence, piece: Piece) -> None:
    if not piece.data:
        raise DomainError(_l("This file was empty. Choose another one."))
    if len(piece.data) > MOST_BYTES:
        raise DomainError(_l("This file was too large: 10 MB is the most. Choose another."))
    found = type_of(piece.data)
    if found is None:
        raise DomainError(
            _l(
                "Files of this type can't be taken. Save it as PDF, or choose a picture, a "
                "document or a spreadsheet."
            )
        )
    row.name, row.content_type = safe_name(piece.name, found), found.mime
    row.size, row.content = len(piece.data), piece.data
    row.digest = hashlib.sha256(piece.data).hexdigest()


def _refuse_too_many(session: Session, report: ImplementationReport, size: int) -> None:
    held = any_select(func.count(), func.coalesce(func.sum(col(ReportEvidence.size)), 0)).where(
        col(ReportEvidence.report_id) == report.id
    )
    count, total = session.execute(held).one()
    if count >= MOST_PIECES or total + size > MOST_IN_ALL:
        raise DomainError(_l("This report holds as much evidence as it can. Remove one first."))


def remove(session: Session, report: ImplementationReport, row: ReportEvidence) -> None:
    """Take a piece of evidence out of a report in progress. Raises `Conflict` once submitted."""
    _refuse_submitted(report)
    session.delete(row)
    session.flush()


def _refuse_submitted(report: ImplementationReport) -> None:
    if report.state is ReportState.SUBMITTED:
        raise Conflict(_l("These reports were submitted. Reopen them to change anything."))
