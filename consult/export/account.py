"""The account of a round: who took part, what is contested, where, what changed and why.

Pure. Where it is not for the secretariat, positions are told only of five organisations or more, in
all and by region, and never so that a smaller group follows by subtraction, be it from the round's
results: members of the frame alone count, in the groups of regions that those use. Nobody is named
unless the round they spoke in shows names.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from babel.lists import format_list

from consult.export.matrix import Texts
from consult.export.report import Heading, Part, Report, Span, Table, Text, words
from consult.export.reports import banner
from consult.export.revised import Row, revised
from consult.export.wording import STANCES, outcome_in_words
from consult.models import ContributionKind, Stance
from consult.queries.compiled import Compiled, Said, Step
from core.texts import Lazy
from core.texts import lazy as _l
from movement.disclosure import THRESHOLD, groups_of_round

MOST_CONTESTED = 10
AGAINST = (Stance.CONCERN, Stance.OBJECT)
HIDDEN = "…"


@dataclass(frozen=True)
class Coverage:
    """A region with how many of its National Societies took part. `share`: in words."""

    code: str
    name: str
    took_part: int
    asked: int
    share: str


@dataclass(frozen=True)
class Reader:
    """For whom an account is: all figures, or as they may be shared.

    `named`: the calls whose contributors they may know by name.
    """

    everything: bool
    named: frozenset[UUID]


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
    data: Compiled, title: str, step: Step, said: Sequence[Said], *,
    coverage: Sequence[Coverage], reader: Reader,
) -> Report:  # fmt: skip
    """The account of the round on a draft. `said`: what was said in it."""
    texts = Texts(data)
    if not reader.everything:
        said = [one for one in said if one.member]
    positions = _positions(said)
    columns = _columns(said, coverage, data.language, reader)
    parts: list[Part] = [
        Heading(1, str(_l("Account of the round: %(title)s", title=title))),
        *_coverage(coverage),
        *_contested(positions, said, texts, step, reader),
        *_by_region(positions, texts, step, columns, reader),
        *_changes(data, texts, step, reader),
    ]
    return Report(title, data.language, tuple(parts), {}, banner(data))


def _coverage(coverage: Sequence[Coverage]) -> Iterable[Part]:
    took_part, asked = (sum(one.took_part for one in coverage), sum(one.asked for one in coverage))
    yield Heading(2, str(_l("Who took part")))
    sentence = _l("%(count)s of %(whole)s National Societies submitted contributions.",
                  count=took_part, whole=asked)  # fmt: skip
    yield Text(words(str(sentence)))
    yield Table(
        _cells(_l("Region"), _l("Took part"), _l("Asked"), _l("Share")),
        tuple((one.name, str(one.took_part), str(one.asked), one.share) for one in coverage),
        (4, 1, 1, 1),
    )


def _cells(*headings: Lazy) -> tuple[str, ...]:
    return tuple(str(heading) for heading in headings)


def _positions(said: Iterable[Said]) -> dict[UUID | None, list[Said]]:
    """The positions that stand, by paragraph."""
    found: dict[UUID | None, list[Said]] = {}
    for one in said:
        if one.kind is ContributionKind.POSITION and one.stands and one.stance:
            found.setdefault(one.lineage, []).append(one)
    return found


def _contested(
    positions: Mapping[UUID | None, list[Said]], said: Sequence[Said], texts: Texts, step: Step,
    reader: Reader,
) -> Iterable[Part]:  # fmt: skip
    """The paragraphs that most object to, with all positions on them."""
    told = {key: some for key, some in positions.items()
            if reader.everything or len(some) >= THRESHOLD}  # fmt: skip
    order = sorted(told, key=lambda key: (-_against(told[key]), _place(step, key)))
    chosen = [key for key in order if _against(told[key])][:MOST_CONTESTED]
    yield Heading(2, str(_l("Most contested paragraphs")))
    if not chosen:
        yield Text(words(str(_l("No paragraph met with concern that can be told here."))))
        return
    amended = Counter(one.lineage for one in said if one.stands and one.proposal_kind)
    rows = []
    for key in chosen:
        counts = Counter(one.stance for one in told[key])
        cells = [texts.paragraph(step.number, key), *(str(counts[stance]) for stance in STANCES)]
        rows.append((*cells, str(amended[key])))
    headings = (str(_l("Paragraph")), *map(str, STANCES.values()), str(_l("Amendments")))
    if not reader.everything:
        sentence = _l("Only positions and amendments of National Societies are counted here.")
        yield Text(words(str(sentence)))
    yield Table(headings, tuple(rows), (4, 1, 1, 1, 1, 1))
    yield from _silence(len(positions) - len(told))


def _silence(paragraphs: int) -> Iterable[Part]:
    if paragraphs:
        sentence = _l("%(count)s paragraphs on which fewer than five spoke are not shown.",
                      count=paragraphs)  # fmt: skip
        yield Text(words(str(sentence)), quiet=True)


def _against(said: Iterable[Said]) -> int:
    return sum(one.stance in AGAINST for one in said)


def _place(step: Step, key: UUID | None) -> int:
    return step.document.at.get(key, -1) if key else -1


def _columns(
    said: Iterable[Said], coverage: Sequence[Coverage], language: str, reader: Reader
) -> list[Column]:
    """The regions one by one, or as all who may not see small ones are told of them."""
    names = {one.code: one.name for one in coverage}
    if reader.everything:
        return [Column(name, (code,)) for code, name in names.items()]
    stands = [one for one in said if one.stands]
    spoke = _by_organisation(stands)
    took = _by_organisation(one for one in stands if one.stance)
    return [
        Column(format_list([names[code] for code in group.regions], locale=language), group.regions)
        for group in groups_of_round(spoke, took, list(names))
    ]


def _by_organisation(said: Iterable[Said]) -> Counter[str]:
    """By region: how many organisations are behind it."""
    found = {(one.organisation_id, one.region_code) for one in said}
    return Counter(region for _organisation, region in found if region)


def _by_region(
    positions: Mapping[UUID | None, list[Said]], texts: Texts, step: Step,
    columns: Sequence[Column], reader: Reader,
) -> Iterable[Part]:  # fmt: skip
    """By paragraph and region: how many of those who spoke have a concern or object."""
    rows = []
    for key in sorted(positions, key=lambda key: _place(step, key)):
        some = positions[key]
        if not reader.everything and len(some) < THRESHOLD:
            continue
        speaking = {column.name: [one for one in some if one.region_code in column.regions]
                    for column in columns}  # fmt: skip
        shown = _shown({name: len(of) for name, of in speaking.items()}, reader)
        cells = [_cell(of) if name in shown else HIDDEN for name, of in speaking.items()]
        rows.append((texts.paragraph(step.number, key), *cells, _cell(some)))
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


def _cell(said: Sequence[Said]) -> str:
    return f"{_against(said)} / {len(said)}" if said else "–"


def _changes(data: Compiled, texts: Texts, step: Step, reader: Reader) -> Iterable[Part]:
    """What the next draft changed, paragraph by paragraph, with the reasons."""
    after = data.after(step.number)
    if after is None:
        return
    found = revised(step.document, after.operations, data.language)
    by_id = {operation.id: operation for operation in after.operations}
    yield Heading(2, str(_l("What changed, and why")))
    for row in found.rows:
        if not (row.mark or row.relabelled_by or any(piece.revision for piece in row.pieces)):
            continue
        block, number = (row.after, after.number) if row.after else (row.before, step.number)
        label = texts.label(number, block.lineage) if block else ""
        yield Text(_spans(row), label)
        behind = dict.fromkeys(chain(
            (piece.revision.by for piece in row.pieces if piece.revision),
            (row.mark.by if row.mark else None, row.relabelled_by),
        ))  # fmt: skip
        for operation in (by_id[one] for one in behind if one in by_id):
            said = [data.by_id[one] for one in operation.contributions if one in data.by_id]
            lines = [_reason(one, data.language, reader) for one in said]
            lines += [operation.note] if operation.note.strip() else []
            for line in dict.fromkeys(lines):
                yield Text(words(line), depth=1, quiet=True)


def _spans(row: Row) -> tuple[Span, ...]:
    return tuple(
        Span(piece.run.text, piece.run.bold, piece.run.italic, piece.run.href,
             kind="same" if not piece.revision else
             "insert" if piece.revision.inserted else "delete")
        for piece in row.pieces if piece.run.text
    )  # fmt: skip


def _reason(one: Said, language: str, reader: Reader) -> str:
    decided = one.decided if one.decided and one.decided.approved else None
    who = (
        f"{one.number}. {one.contributor}"
        if one.call_id in reader.named
        else str(_l("A contribution"))
    )
    outcome = outcome_in_words(decided.outcome) if decided else ""
    reason = decided.reason(language, one.language) if decided else ""
    return " – ".join(part for part in (who, outcome, reason) if part)
