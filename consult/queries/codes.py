"""The codes of a consultation, and what is sorted under them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.models import CodeKind, ConsultationCode, Contribution, ContributionCode


def codes_of(session: Session, consultation_id: UUID) -> list[ConsultationCode]:
    """The codes of a consultation: themes first, then frameworks by name; each in its order."""
    chosen = select(ConsultationCode).where(ConsultationCode.consultation_id == consultation_id)
    rows = session.scalars(chosen.order_by(col(ConsultationCode.position)))
    return sorted(rows, key=lambda row: (row.kind is not CodeKind.THEME, row.framework))


def sorted_under(
    session: Session, contribution_ids: Collection[UUID]
) -> dict[UUID, list[ConsultationCode]]:
    """The codes that each of these contributions is sorted under, in the codes' order."""
    chosen = (
        any_select(col(ContributionCode.contribution_id), ConsultationCode)
        .join(ConsultationCode, col(ConsultationCode.id) == col(ContributionCode.code_id))
        .where(col(ContributionCode.contribution_id).in_(contribution_ids))
        .order_by(col(ConsultationCode.kind).desc(), col(ConsultationCode.position))
    )
    found: dict[UUID, list[ConsultationCode]] = {one: [] for one in contribution_ids}
    for identity, code in session.execute(chosen):
        found[identity].append(code)
    return found


def uses_of(session: Session, consultation_id: UUID) -> dict[UUID, int]:
    """How many contributions are sorted under each code of a consultation, by the code's id."""
    counted = (
        any_select(col(ContributionCode.code_id), func.count())
        .join(Contribution, col(Contribution.id) == col(ContributionCode.contribution_id))
        .where(col(Contribution.consultation_id) == consultation_id)
        .group_by(col(ContributionCode.code_id))
    )
    return {row[0]: row[1] for row in session.execute(counted)}
