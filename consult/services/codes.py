"""Codes: the themes of a consultation and points of related frameworks, and what is sorted by them.

A code stays what it is once contributions are sorted under it: its titles can change, its letters
can't.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult.models import (
    OFFICIAL,
    CodeKind,
    Consultation,
    ConsultationCode,
    Contribution,
    ContributionCode,
)
from consult.queries.codes import codes_of, sorted_under
from consult.services.drafts import Act
from consult.services.steps import enter, locked, note
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.services.calls import CODE

LONGEST_CODE = 60
LONGEST_TITLE = 200
MOST_CODES = 500


@dataclass(frozen=True)
class Wanted:
    """A code as typed. `framework`: the name of the text that a point belongs to."""

    kind: CodeKind
    code: str
    titles: Mapping[str, str] = field(default_factory=dict)
    framework: str = ""


def put_code(
    session: Session, consultation: Consultation, wanted: Wanted, act: Act, *,
    existing: bool = True,
) -> bool:  # fmt: skip
    """Add a code, or give the one there these titles; whether anything changed.

    `existing` False: a code that is there already is refused with `Conflict`. Raises `DomainError`
    for a code, kind or title that can't be one.
    """
    titles = _checked(wanted)
    there = {one.code: one for one in codes_of(session, consultation.id)}
    row = there.get(wanted.code)
    if row is not None and not existing:
        raise Conflict(_l("There is a code %(code)s already.", code=wanted.code))
    if row is None and len(there) >= MOST_CODES:
        raise DomainError(_l("A consultation has at most %(most)s codes.", most=MOST_CODES))
    if row is None:
        row = ConsultationCode(
            consultation_id=consultation.id, kind=wanted.kind, code=wanted.code,
            position=max((one.position for one in there.values()), default=0) + 1,
        )  # fmt: skip
    elif (row.kind, row.framework, row.titles) == (wanted.kind, wanted.framework.strip(), titles):
        return False
    row.kind, row.framework, row.titles = wanted.kind, wanted.framework.strip(), titles
    session.add(row)
    audit.record(
        session, "code.kept", about=consultation.code, now=act.now, label=act.label,
        code=wanted.code,
    )  # fmt: skip
    session.flush()
    return True


def _checked(wanted: Wanted) -> dict[str, str]:
    """Its titles without empty ones."""
    if not CODE.fullmatch(wanted.code) or len(wanted.code) > LONGEST_CODE:
        raise DomainError(
            _l(
                "A code holds small letters, digits, hyphens and underlines, at most 60, as in "
                "family-links. %(code)s does not.",
                code=repr(wanted.code),
            )
        )
    titles = {lang: text.strip() for lang, text in wanted.titles.items() if text.strip()}
    if not titles:
        raise DomainError(_l("Give the code %(code)s a title.", code=wanted.code))
    longest = max(len(text) for text in (*titles.values(), wanted.framework))
    if longest > LONGEST_TITLE:
        raise DomainError(
            _l("The title of %(code)s is too long: at most 200 characters.", code=wanted.code)
        )
    if wanted.kind is CodeKind.FRAMEWORK and not wanted.framework.strip():
        raise DomainError(
            _l("Say to which framework the point %(code)s belongs.", code=wanted.code)
        )
    return titles


def remove_code(session: Session, consultation: Consultation, code_id: UUID, act: Act) -> None:
    """Take a code away. Raises `Conflict` while contributions are sorted under it."""
    row = session.scalars(
        select(ConsultationCode).where(
            ConsultationCode.id == code_id, ConsultationCode.consultation_id == consultation.id
        )
    ).one_or_none()
    if row is None:
        return
    used = session.scalars(
        select(ContributionCode).where(ContributionCode.code_id == code_id).limit(1)
    ).first()
    if used is not None:
        raise Conflict(
            _l("Contributions are sorted under %(code)s: take it off them first.", code=row.code)
        )
    session.delete(row)
    audit.record(
        session, "code.removed", about=consultation.code, now=act.now, label=act.label,
        code=row.code,
    )  # fmt: skip
    session.flush()


def sort_under(
    session: Session, ids: Collection[UUID], act: Act, *,
    add: Collection[UUID] = (), remove: Collection[UUID] = (),
) -> list[Contribution]:  # fmt: skip
    """Sort contributions of one consultation under codes, and no longer under others.

    Those that changed, by number. Raises `DomainError` for another consultation's code, and for
    what was never submitted.
    """
    found = locked(session, ids)
    if any(one.state not in OFFICIAL for one in found):
        raise DomainError(_l("Only what was submitted can be sorted under codes."))
    known = {
        code.id: code.code for one in found[:1] for code in codes_of(session, one.consultation_id)
    }
    if not set(add) | set(remove) <= set(known):
        raise DomainError(_l("Choose codes of this consultation."))
    under = sorted_under(session, [one.id for one in found])
    changed = []
    for one in found:
        before = {code.id for code in under[one.id]}
        after = (before | set(add)) - set(remove)
        if before != after:
            _sort(session, one, before, after)
            note(session, one, "coded", act, text=", ".join(sorted(known[code] for code in after)))
            changed.append(one)
    enter(session, changed, "contribution.coded", act)
    session.flush()
    return changed


def _sort(session: Session, one: Contribution, before: set[UUID], after: set[UUID]) -> None:
    session.execute(
        delete(ContributionCode).where(
            col(ContributionCode.contribution_id) == one.id,
            col(ContributionCode.code_id).in_(before - after),
        )
    )
    session.add_all(
        ContributionCode(contribution_id=one.id, code_id=code) for code in after - before
    )
