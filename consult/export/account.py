"""The account of a round: who contributed, what is contested, where, what changed and why.

Pure. Where it is not for those who draft, positions are told only of five organisations or more, in
all and by region, and never so that a smaller group follows by subtraction, be it from the round's
results: members of the frame alone count, in the groups of regions that those use.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from babel.lists import format_list

from consult.contested import critical, ranked
from consult.export.matrix import Texts
from consult.export.reasons import Reader, Reasons
from consult.export.report import Heading, Part, Report, Span, Table, Text, words
from consult.export.reports import banner
from consult.export.revised import Row, revised
from consult.export.wording import STANCES
from consult.models import Stance
from consult.queries.compiled import Compiled
from consult.queries.heard import Heard
from consult.queries.steps import Step
from core.texts import Lazy
from core.texts import lazy as _l
from movement.disclosure import THRESHOLD, groups_of_round

MOST_CONTESTED = 10
HIDDEN = "…"


@dataclass(frozen=True)
class Coverage:
    """A region with how many of its National Societies contributed. `share`: in words."""

    code: str
    name: str
    contributed: int
    asked: int
    share: str


@dataclass(frozen=True)
class Column:
    """Regions whose figures stand together, under all their names."""

    name: str
    regions: tuple[str, ...]


def shown_regions(speaking: Mapping[str, int]) -> frozenset[str]:
    """The regions, or groups of them, whose figures may be told beside the total.

    Those where five speak, or nobody; where the others together are fewer than five, the smallest
    of these goes with them, so that the difference to the total tells of five again.
    """
    shown = {code: n for code, n in speaking.items() if n == 0 or n >= THRESHOLD}
    hidden = sum(n for code, n in speaking.items() if code not in shown)
    while 0 < hidden < THRESHOLD and any(shown.values()):
        smallest = min((n, code) for code, n in shown.items() if n)[1]
        hidden += shown.pop(smallest)
    return frozenset(shown)


def account(
    data: Compiled, title: str, step: Step, heard: Heard, *,
    coverage: Sequence[Coverage], reasons: Reasons, rows: Sequence[Row],
) -> Report:  # fmt: skip
    """The account of the round on a draft. `rows`: those of `changed_rows` to tell of."""
    texts, reader = Texts(data), reasons.reader
    heard = heard if reader.everything else heard.of_members()
    columns = _columns(heard, coverage, data.language, reader)
    parts = (
        *_coverage(coverage),
        *_contested(heard, texts, step, reader),
        *_by_region(heard, texts, step, columns, reader),
    )
    return changes_alone(data, title, step, reasons, rows, before=parts)


def changes_alone(
    data: Compiled, title: str, step: Step, reasons: Reasons, rows: Sequence[Row], *,
    before: Sequence[Part] = (),
) -> Report:  # fmt: skip
    """A later page of the account: what else changed, and why."""
    parts = (
        Heading(1, str(_l("Account of the round: %(title)s", title=title))),
        *before,
        *_changes(data, step, reasons, rows),
    )
    return Report(title, data.language, parts, {}, banner(data))


def changed_rows(step: Step, after: Step | None, language: str) -> list[Row]:
    """What the next draft changed of a draft, paragraph by paragraph."""
    found = revised(step.document, after.operations, language).rows if after else []
    return [
        row for row in found
        if row.mark or row.relabelled_by or any(piece.revision for piece in row.pieces)
    ]  # fmt: skip


def behind(row: Row) -> list[UUID]:
    """The ids of the operations that changed a paragraph, each once."""
    every = chain(
        (piece.revision.by for piece in row.pieces if piece.revision),
        (row.mark.by if row.mark else None, row.relabelled_by),
    )
    return list(dict.fromkeys(one for one in every if one))


def _coverage(coverage: Sequence[Coverage]) -> Iterable[Part]:
    contributed = sum(one.contributed for one in coverage)
    yield Heading(2, str(_l("Who contributed")))
    sentence = _l("%(count)s of %(whole)s National Societies contributed.",
                  count=contributed, whole=sum(one.asked for one in coverage))  # fmt: skip
    yield Text(words(str(sentence)))
    yield Table(
        _cells(_l("Region"), _l("Contributed"), _l("Members asked"), _l("Share")),
        tuple((one.name, str(one.contributed), str(one.asked), one.share) for one in coverage),
        (4, 1, 1, 1),
    )


def _cells(*headings: Lazy) -> tuple[str, ...]:
    return tuple(str(heading) for heading in headings)


def _contested(heard: Heard, texts: Texts, step: Step, reader: Reader) -> Iterable[Part]:
    """The paragraphs of which most object, with all positions on them."""
    counts = {key: sum(found.values(), Counter()) for key, found in heard.positions.items()}
    told = {key: count for key, count in counts.items()
            if reader.everything or count.total() >= THRESHOLD}  # fmt: skip
    found = ranked(told, lambda key: _place(step, key))
    chosen = [one.key for one in found][:MOST_CONTESTED]
    yield Heading(2, str(_l("Most contested paragraphs")))
    if not chosen:
        yield Text(words(str(_l("No paragraph met with concern that can be told here."))))
        return
    rows = []
    for key in chosen:
        cells = [texts.paragraph(step.number, key), *(str(told[key][one]) for one in STANCES)]
        rows.append((*cells, str(sum(heard.amendments.get(key, Counter()).values()))))
    headings = (str(_l("Paragraph")), *map(str, STANCES.values()), str(_l("Amendments")))
    if not reader.everything:
        sentence = _l("Only positions and amendments of National Societies are counted here.")
        yield Text(words(str(sentence)))
    yield Table(headings, tuple(rows), (4, 1, 1, 1, 1, 1))
    yield from _silence(len(counts) - len(told))


def _silence(paragraphs: int) -> Iterable[Part]:
    if paragraphs:
        sentence = _l("%(count)s paragraphs on which fewer than five spoke are not shown.",
                      count=paragraphs)  # fmt: skip
        yield Text(words(str(sentence)), quiet=True)


def _place(step: Step, key: UUID | None) -> int:
    return step.document.at.get(key, -1) if key else -1


def _columns(
    heard: Heard, coverage: Sequence[Coverage], language: str, reader: Reader
) -> list[Column]:
    """The regions one by one, or as all who may not see small ones are told of them."""
    names = {one.code: one.name for one in coverage}
    if reader.everything:
        return [Column(name, (code,)) for code, name in names.items()]
    return [
        Column(format_list([names[code] for code in group.regions], locale=language), group.regions)
        for group in groups_of_round(heard.spoke, heard.took, list(names))
    ]


def _by_region(
    heard: Heard, texts: Texts, step: Step, columns: Sequence[Column], reader: Reader
) -> Iterable[Part]:
    """By paragraph and region: how many of those who spoke have a concern or object."""
    rows = []
    for key in sorted(heard.positions, key=lambda key: _place(step, key)):
        by_region = heard.positions[key]
        every: Counter[Stance] = sum(by_region.values(), Counter())
        if not reader.everything and every.total() < THRESHOLD:
            continue
        counts = {
            column.name: sum((by_region.get(one, Counter()) for one in column.regions), Counter())
            for column in columns
        }
        shown = _shown({name: count.total() for name, count in counts.items()}, reader)
        cells = [_cell(count) if name in shown else HIDDEN for name, count in counts.items()]
        rows.append((texts.paragraph(step.number, key), *cells, _cell(every)))
    if rows:
        yield Heading(2, str(_l("Concerns and objections by region")))
        sentence = _l(
            "In each cell: how many have a concern or object, of how many took a position. "
            "“…”: fewer than five, or told by the rest."
        )
        yield Text(words(str(sentence)))
        names = (str(_l("Paragraph")), *(column.name for column in columns), str(_l("All")))
        yield Table(names, tuple(rows), (3, *(1 for _ in columns), 1))


def _shown(speaking: Mapping[str, int], reader: Reader) -> frozenset[str]:
    return frozenset(speaking) if reader.everything else shown_regions(speaking)


def _cell(count: Counter[Stance]) -> str:
    return f"{critical(count)} / {count.total()}" if count else "–"


def _changes(data: Compiled, step: Step, reasons: Reasons, rows: Iterable[Row]) -> Iterable[Part]:
    """What the next draft changed, paragraph by paragraph, with the reasons."""
    after = data.after(step.number)
    if after is None:
        return
    texts = Texts(data)
    by_id = {operation.id: operation for operation in after.operations}
    yield Heading(2, str(_l("What changed, and why")))
    for row in rows:
        block, number = (row.after, after.number) if row.after else (row.before, step.number)
        label = texts.label(number, block.lineage) if block else ""
        yield Text(_spans(row), label)
        for operation in (by_id[one] for one in behind(row) if one in by_id):
            for line in reasons.of(operation):
                yield Text(words(line), depth=1, quiet=True)


def _spans(row: Row) -> tuple[Span, ...]:
    return tuple(
        Span(piece.run.text, piece.run.bold, piece.run.italic, piece.run.href,
             kind="same" if not piece.revision else
             "insert" if piece.revision.inserted else "delete")
        for piece in row.pieces if piece.run.text
    )  # fmt: skip
