"""What a consolidated report says, in the words of a language: figures and reports as plain data.

Submitted reports only. What was written stays in the language it was written in.
"""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from consult.after_words import said
from consult.export.consolidated import Chapter, Report, Voice
from consult.models import ReportEvidence
from consult.queries.adoption import find_adoption
from consult.queries.report_figures import Figures, Row, rows_of
from consult.queries.reports import Asking, Submitted, evidence_of
from consult.report_states import WORDS, Status
from consult.routes.after_view import Paragraph, paragraphs_of
from core.i18n import LANGUAGES, comma, format_day
from core.scripts import is_right_to_left
from movement.routes.calls import region_names
from movement.words import name_of

Held = dict[UUID, list[ReportEvidence]]


def report_of(session: Session, asking: Asking, language: str, *, now: datetime) -> Report:
    """The consolidated report of a round; the language spoken must be set to the same."""
    rows = rows_of(session, asking)
    names = {one.block.lineage: one for one in paragraphs_of(asking.draft)}
    ids = [one.report.id for row in rows for one in row.reports]
    held, regions = evidence_of(session, ids), region_names()
    return Report(
        language=language,
        right_to_left=is_right_to_left(language),
        title=said(asking.call.titles, language) or asking.call.code,
        lead=tuple(_lead(session, asking, rows, language, now)),
        headings=(
            _("Region"), _("Addressed"), _("Reported"),
            *(str(WORDS[status][0]) for status in Status),
        ),
        evidence_word=_("Evidence"),
        chapters=tuple(_chapter(row, names[row.lineage], regions, held, language) for row in rows),
        made_at=now,
    )  # fmt: skip


def _lead(
    session: Session, asking: Asking, rows: list[Row], language: str, now: datetime
) -> list[str]:
    adoption = find_adoption(session, asking.draft)
    speaking = {one.organisation.code for row in rows for one in row.reports}
    lines = [
        _("On the text %(title)s.", title=said(asking.consultation.titles, language)),
        _(
            "%(count)s organisations submitted reports by %(day)s.",
            count=len(speaking), day=format_day(now.date()),
        ),
    ]  # fmt: skip
    if adoption is not None:
        lines.insert(
            1,
            _(
                "It was adopted by %(body)s on %(day)s.",
                body=adoption.body, day=format_day(adoption.adopted_on),
            ),
        )  # fmt: skip
    if asking.consultation.demonstration:
        lines.insert(0, _("This is a demonstration: the text and all reports on it are invented."))
    return lines


def _chapter(
    row: Row, paragraph: Paragraph, regions: dict[str, str], held: Held, language: str
) -> Chapter:
    whole = row.whole
    figures = [
        _figures(regions.get(code or "", "–"), row.regions[code])
        for code in (*regions, None)
        if code in row.regions
    ]
    if row.besides.addressed:
        figures.append(_figures(_("Besides, not counted"), row.besides))
    return Chapter(
        heading=_("Paragraph %(label)s", label=paragraph.label)
        if paragraph.label
        else _("A paragraph without a number"),
        text=paragraph.text,
        summary=_(
            "%(n)s of %(total)s National Societies addressed have reported.",
            n=whole.reported, total=whole.addressed,
        ),
        figures=tuple(figures),
        voices=tuple(_voice(one, held, language) for one in row.reports),
    )  # fmt: skip


def _figures(name: str, one: Figures) -> tuple[str, ...]:
    counts = (str(one.by_status[status]) for status in Status)
    return (name, str(one.addressed), str(one.reported), *counts)


def _voice(one: Submitted, held: Held, language: str) -> Voice:
    report = one.report
    written = ((_("Measures taken"), report.measures), (_("Difficulties"), report.difficulties),
               (_("Next steps"), report.next_steps))  # fmt: skip
    state = str(WORDS[Status(report.status)][0])
    if report.language != language:
        state += comma() + _("written in %(language)s", language=LANGUAGES.get(report.language, ""))
    return Voice(
        name=name_of(one.organisation, language),
        state=state,
        parts=tuple((heading, text) for heading, text in written if text),
        evidence=tuple(_piece(piece) for piece in held.get(report.id, [])),
        right_to_left=is_right_to_left(report.language),
    )


def _piece(piece: ReportEvidence) -> str:
    where = piece.address or piece.name
    return f"{piece.title} – {where}" if where and where != piece.title else piece.title
