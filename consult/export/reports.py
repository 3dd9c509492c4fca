"""Reports made of a consultation: the matrix, the compilation, one organisation's response.

Functions of gathered data; whom a report may be shown to is not decided here.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from consult.export.matrix import Texts, rows
from consult.export.report import Heading, Part, Report, Span, Table, Text, redlined, words
from consult.export.wording import (
    COLUMNS,
    DELETION,
    NOT_YET,
    REPLACED,
    SETTLED,
    STANCES,
    WHOLE,
    outcome_in_words,
    type_of,
)
from consult.models import STANDING, ContributionState, ProposalKind
from consult.queries.compiled import Compiled, Decided, Said
from consult.queries.steps import Step
from consult.text.document import Block
from consult.text.inline import plain
from consult.text.words import redline
from core.texts import lazy as _l

_WIDTHS = (6, 17, 18, 14, 15, 22, 22, 14, 19, 20, 22)
INVENTED = _l("Demonstration: all answers and people shown here are invented.")


def banner(data: Compiled) -> str:
    """What stands on everything of a demonstration; "" otherwise."""
    return str(INVENTED) if data.demonstration else ""


def matrix_report(data: Compiled, said: Sequence[Said]) -> Report:
    """The matrix as a wide table; the column of check values stays in the spreadsheet."""
    table = Table(
        tuple(str(heading) for heading in list(COLUMNS.values())[:-1]),
        tuple(row[:-1] for row in rows(data, said)),
        _WIDTHS,
    )
    heading = Heading(1, str(_l("Contributions: %(title)s", title=data.title)))
    title = heading.text
    return Report(title, data.language, (heading, table), {}, banner(data), landscape=True)


class Levels:
    """Levels of headings without gaps: none is more than one deeper than the one before it."""

    def __init__(self) -> None:
        self.before = 1

    def of(self, level: int) -> int:
        """The level at which the next heading stands."""
        self.before = min(level, self.before + 1, 6)
        return self.before


def compilation(
    data: Compiled, step: Step, said: Iterable[Said], blocks: Sequence[Block] | None = None
) -> Report:
    """A draft, or some of its blocks, with what was said of each, with who said it."""
    texts = Texts(data)
    found: dict[UUID | None, list[Said]] = {}
    for one in sorted(said, key=texts.place):
        found.setdefault(one.lineage, []).append(one)
    parts: list[Part] = [Heading(1, data.title)]
    levels = Levels()
    if found.get(None):
        parts.append(Heading(2, str(WHOLE)))
        parts += said_parts(found[None], texts, depth=0)
    for block in step.document.blocks if blocks is None else blocks:
        words_of = texts.text(step.document, block.lineage)
        if block.kind == "heading":
            label = texts.label(step.number, block.lineage)
            parts.append(Heading(levels.of(block.level + 1), words_of, label))
        else:
            label = texts.label(step.number, block.lineage)
            parts.append(Text(words(words_of), label))
        parts += said_parts(found.get(block.lineage, []), texts, depth=1)
    return Report(data.title, data.language, tuple(parts), {}, banner(data))


def said_parts(said: Iterable[Said], texts: Texts, *, depth: int) -> list[Part]:
    """Contributions as paragraphs: who and what sort, then their words or redline."""
    parts: list[Part] = []
    for one in said:
        stance = f": {STANCES[one.stance]}" if one.stance else ""
        sort = f"{type_of(one.kind, one.category, one.proposal_kind)}{stance}"
        head = f"{one.number}. {one.contributor} – {sort}"
        parts.append(Text(words(head, bold=True), depth=depth))
        if one.quote:
            quote = words(f"“{one.quote}”")
            parts.append(Text(quote, depth=depth, language=one.language, quiet=True))
        parts += [
            Text(spans, depth=depth, language=one.language) for spans in _proposal(one, texts)
        ]
        if one.text:
            parts.append(Text(words(one.text), depth=depth, language=one.language))
    return parts


def _proposal(one: Said, texts: Texts) -> list[tuple[Span, ...]]:
    """An amendment as a redline of the paragraph in its own language."""
    if one.proposal_kind is None:
        return []
    step = texts.data.step(one.draft)
    block = step.document.find(one.lineage) if step and one.lineage else None
    before = plain(block.texts.get(one.language, "")) if block else ""
    after = plain(one.proposal or "")
    if one.proposal_kind is ProposalKind.INSERT_AFTER:
        before = ""
    if one.proposal_kind is ProposalKind.DELETE:
        after = ""
    return [redlined(redline(before, after))] if before or after else [words(str(DELETION))]


def response(
    data: Compiled, organisation_id: UUID, name: str, call_id: UUID, *, released: bool
) -> Report:
    """To one organisation: its words, what was decided and why, and the wording that came of it.

    All it submitted is told, also what does not stand: returned, withdrawn or replaced since.
    `released`: whether the round has ended. Before, decisions can still be replaced: none is told.
    """
    texts = Texts(data)
    mine = [
        one
        for one in sorted(data.said, key=texts.place)
        if one.organisation_id == organisation_id and one.call_id == call_id
    ]
    title = str(_l("What became of your contributions: %(title)s", title=data.title))
    parts: list[Part] = [Heading(1, title), Text(words(name, bold=True))]
    if not mine:
        parts.append(Text(words(str(_l("No contribution was submitted.")))))
    for place, group in groupby(mine, lambda one: texts.paragraph(one.draft, one.lineage)):
        parts.append(Heading(2, str(_l("Paragraph %(label)s", label=place))))
        for one in group:
            parts += _answer(one, texts, released=released)
    return Report(title, data.language, tuple(parts), {}, banner(data))


def _answer(one: Said, texts: Texts, *, released: bool) -> list[Part]:
    parts = said_parts([one], texts, depth=0)
    if one.state in STANDING and not one.is_current:
        parts.append(Text(words(str(REPLACED)), depth=1, quiet=True))
    decided = one.decided if released and one.decided and one.decided.approved else None
    outcome = (
        outcome_in_words(decided.outcome, decided.duplicate_of)
        if decided
        else str(SETTLED.get(one.state, NOT_YET))
    )
    parts.append(Text(words(str(_l("Decision: %(outcome)s", outcome=outcome)), bold=True), depth=1))
    parts += _why(one, decided, texts.language)
    final = texts.resulting(one)
    if final:
        parts.append(Text(words(str(_l("Wording now:"))), depth=1, quiet=True))
        parts.append(Text(words(final), depth=1))
    return parts


def _why(one: Said, decided: Decided | None, language: str) -> Iterable[Part]:
    """The reason of the decision, or that with which the contribution was returned."""
    if decided and decided.reasons:
        spoken = next(
            (code for code in (one.language, language) if code in decided.reasons),
            next(iter(decided.reasons)),
        )
        yield Text(words(decided.reasons[spoken]), depth=1, language=spoken)
    elif one.state is ContributionState.RETURNED and one.return_reason:
        yield Text(words(one.return_reason), depth=1)
