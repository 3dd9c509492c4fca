"""One question's figures of a public questionnaire: counts and shares that tell of nobody.

Every reader gets the same. Each figure tells of five people or more: rarer answers to a question
with one answer a person are put together until they are enough (`analytics.disclosure`), so that
subtracting the rest from the total leaves no few; where a person may choose several, a row is
withheld when those who chose it, or those who didn't, are too few. A mean is withheld where its
rows are put together, for it would solve them. Quartiles are never published: each is one person's
number. It refuses to know where the answers come from.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from analytics.frame import Answered
from analytics.measures import ANY_RANK, MEASURES, Line, NotTabulated, Part, is_empty, measure_of
from analytics.public_shapes import lines_for, parts_for, silent_too, withheld_items
from movement.disclosure import groups_for, too_few
from surveys.definition import Question, QuestionKind

RARE = "rare"
"""How the answers put together are called while they are grouped."""
UNTABULATED = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.FILE})
"""Kinds of which nothing can be counted but that something was given."""


@dataclass(frozen=True)
class PublicRow:
    """One figure. `values`: the answers it counts, more than one where rare ones stand together.

    `n` of `base`: None where withheld. `mean`: of a row about numbers, which has no values.
    """

    item: str | None
    values: tuple[int | str, ...]
    n: int | None = None
    base: int | None = None
    share: float | None = None
    mean: float | None = None
    suppressed: bool = False


@dataclass(frozen=True)
class PublicTable:
    """A question's figures. `n` answered it, None where these, or those who didn't, are too few."""

    question: str
    kind: str
    n: int | None
    rows: tuple[PublicRow, ...]

    def as_json(self) -> dict[str, Any]:
        """What `flask public tabulate` writes; figures are not rounded."""
        return asdict(self)


def tabulated(question: Question) -> bool:
    """Whether the question has a public table."""
    return question.kind in MEASURES and question.kind not in UNTABULATED


def tabulate_public(question: Question, responses: Sequence[Answered]) -> PublicTable:
    """The table of all who answered. Raises `NotTabulated` for texts, files and notes.

    Of a box to tick, and of what is asked several times, all answered who were asked.
    """
    measure = measure_of(question)
    if not tabulated(question):
        raise NotTabulated(f"Question {question.code} is answered in words: it has no figures.")
    answers = [response.answer(question.code) for response in responses]
    given = [list(measure.parts(question, one)) for one in answers if not is_empty(one)]
    given = [parts for parts in given if parts]
    asked = sum(question.code in response.shown for response in responses)
    said = silent_too(measure, question, asked - len(given), given)
    hidden = too_few(len(said)) or _tells_who_was_asked(question, len(responses) - len(said))
    n = None if hidden else len(said)
    rows = _withheld(lines_for(measure, question, ())) if hidden else _made(question, said)
    return PublicTable(question.code, str(question.kind), n, tuple(rows))


def _made(question: Question, said: Sequence[Sequence[Part]]) -> Iterator[PublicRow]:
    lines = lines_for(measure_of(question), question, said)
    parts = parts_for(question, said)
    if any(line.value == ANY_RANK for line in lines):
        return _ranked_rows(lines, parts)
    return _rows(lines, parts, withheld_items(question, said))


def _tells_who_was_asked(question: Question, others: int) -> bool:
    """Whether those outside a conditional question are a few: it would tell what they answered."""
    return question.relevant is not None and too_few(others)


def _withheld(lines: Iterable[Line]) -> Iterator[PublicRow]:
    for line in lines:
        yield PublicRow(line.item, _values(line), suppressed=True)


def _values(line: Line) -> tuple[int | str, ...]:
    return () if line.value is None else (line.value,)


def _rows(
    lines: Sequence[Line], parts: Sequence[Part], withheld: Collection[str | None]
) -> Iterator[PublicRow]:
    """Item by item, in the question's order."""
    items = list(dict.fromkeys(line.item for line in lines))
    for item in items:
        of_item = [line for line in lines if line.item == item]
        if item in withheld:
            yield from _withheld(of_item)
        else:
            yield from _item_rows(of_item, [part for part in parts if part.item == item])


def _ranked_rows(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[PublicRow]:
    """Who placed each item at all. The places add up, so what is withheld must be enough together.

    At least two items, placed by enough people and left out by enough, or none can be solved for.
    """
    placed = [(part.item, bool(part.hits)) for part in parts]
    counts = {line.item: placed.count((line.item, True)) for line in lines}
    bases = {line.item: counts[line.item] + placed.count((line.item, False)) for line in lines}
    rest = {item: bases[item] - counts[item] for item in counts}
    hidden = {item for item in counts if too_few(counts[item]) or too_few(rest[item])}
    waiting = sorted(counts.keys() - hidden, key=lambda item: (counts[item], str(item)))
    while hidden and waiting and not _covered(hidden, counts, rest):
        hidden.add(waiting.pop(0))
    for item, count in counts.items():
        if item in hidden:
            yield PublicRow(item, (ANY_RANK,), suppressed=True)
        else:
            base = bases[item]
            yield PublicRow(item, (ANY_RANK,), count, base, count / base if base else None)


def _covered(
    hidden: Collection[str | None], counts: Mapping[str | None, int], rest: Mapping[str | None, int]
) -> bool:
    sums = [sum(of[item] for item in hidden) for of in (counts, rest)]
    return len(hidden) > 1 and not any(map(too_few, sums))


def _item_rows(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[PublicRow]:
    base = len(parts)
    if too_few(base):
        yield from _withheld(lines)
        return
    counts = {
        line.value: sum(line.value in part.hits for part in parts)
        for line in lines
        if line.value is not None
    }
    alone = all(len(part.hits) == 1 for part in parts)
    groups = _grouped(counts) if alone else [(value,) for value in counts]
    for group in groups:
        yield _row(lines[0].item, group, sum(counts[v] for v in group), base, alone=alone)
    if any(line.is_mean for line in lines):
        whole = all(len(group) == 1 for group in groups)
        yield _mean(lines[0].item, parts, whole=whole)


def _grouped(counts: Mapping[int | str, int]) -> list[tuple[int | str, ...]]:
    """The answers as they may be shown: frequent ones alone, rare ones in one group, in order."""
    rare = tuple(value for value, count in counts.items() if too_few(count))
    if not rare:
        return [(value,) for value in counts]
    bases = {str(value): (count,) for value, count in counts.items() if value not in rare}
    bases[RARE] = (sum(counts[value] for value in rare),)
    found = groups_for(bases, merged_before=())
    merged = {name for group in found if RARE in group.regions for name in group.regions}
    together = tuple(value for value in counts if value in rare or str(value) in merged)
    singles = [(value,) for value in counts if value not in together]
    places = {value: place for place, value in enumerate(counts)}
    return sorted([together, *singles], key=lambda group: places[group[0]])


def _row(
    item: str | None, values: tuple[int | str, ...], count: int, base: int, *, alone: bool
) -> PublicRow:
    """A row; withheld where those it counts are few, or, of several answers, those it doesn't."""
    if too_few(count) or (not alone and too_few(base - count)):
        return PublicRow(item, values, suppressed=True)
    return PublicRow(item, values, count, base, count / base if base else None)


def _mean(item: str | None, parts: Sequence[Part], *, whole: bool) -> PublicRow:
    numbers = [part.number for part in parts if part.number is not None]
    few = too_few(len(numbers)) or too_few(len(parts) - len(numbers)) or not whole
    if few or not numbers:
        return PublicRow(item, (), suppressed=bool(few))
    return PublicRow(item, (), len(numbers), len(parts), mean=sum(numbers) / len(numbers))
