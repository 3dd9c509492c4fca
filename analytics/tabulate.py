"""From the answers to one question's table, for one audience.

Whatever is published is a sum over whole groups of regions (`analytics.disclosure`); a filter by
region is applied here and nowhere else, so that the groups are always those of the whole wave.
It refuses to know where the answers come from.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.disclosure import Audience, filter_allowed
from analytics.frame import Answered, Frame
from analytics.measures import Line
from analytics.table import ALL, GroupSize, Row, Table
from analytics.tally import Count, Tally, lines_of, tally_by_region, together
from analytics.weights import Stratum, quantile, weighted_ratio, weighting_of
from movement.disclosure import Group, groups_for, too_few
from surveys.definition import Question


@dataclass(frozen=True)
class _Wave:
    """One question's tallies with the groups in which they may be shown."""

    question: Question
    frame: Frame
    lines: Sequence[Line]
    tallies: Mapping[str, Tally]
    groups: tuple[tuple[str, ...], ...]
    withheld: frozenset[Line]
    allowed: bool

    def tally(self, regions: Sequence[str]) -> Tally:
        return together((self.tallies[region] for region in regions), self.lines)

    def stratum(self, regions: tuple[str, ...]) -> Stratum:
        tally = self.tally(regions)
        return Stratum(regions, self.frame.size(*regions), tally.submitted, tally.answered)


def tabulate(
    question: Question,
    responses: Sequence[Answered],
    frame: Frame,
    *,
    by_region: bool,
    weighted: bool,
    audience: Audience,
    regions: Collection[str] | None = None,
    known: Collection[str] = (),
) -> Table:
    """The question's table: of all together, or by region without a row for all.

    `responses`: every submitted response of the wave, never a part of them: to see some regions
    only, name them in `regions`. A Co-Chair's filter that cuts through a group gets no figure of
    its regions together, only of those shown alone. `known`: organisations whose answers this
    reader has by name, and may subtract: those left must not be few either. Rows come region by
    region in the frame's order, a merged group after the regions, each in the question's order.

    Raises `NotTabulated` for notes and calculated values.
    """
    chosen = frame.regions if regions is None else frame.ordered(regions)
    wave = _wave(question, responses, frame, audience, chosen, known=known)
    total = wave.tally(chosen)
    units = _units(wave, chosen) if by_region else [_Unit(ALL, chosen, wave.allowed)]
    strata = [wave.stratum(group) for group in wave.groups if set(group) <= set(chosen)]
    return Table(
        question=question.code,
        kind=str(question.kind),
        n=total.answered if wave.allowed else None,
        size=frame.size(*chosen),
        missing=total.missing if wave.allowed else None,
        not_asked=total.not_asked if wave.allowed else None,
        groups=tuple(_size(wave, unit) for unit in units),
        rows=tuple(row for unit in units for row in _rows(wave, unit, weighted=weighted)),
        weighting=weighting_of(strata) if weighted else None,
    )


def groups_of(
    question: Question,
    responses: Sequence[Answered],
    frame: Frame,
    known: Collection[str] = (),
) -> tuple[Group, ...]:
    """The groups in which a Co-Chair sees this question by region; () if in none."""
    lines = lines_of(question, responses, frame)
    tallies = tally_by_region(question, responses, frame, lines)
    rest = tally_by_region(question, _others(responses, known), frame, lines)
    return _groups(tallies, rest, lines)


def groups_of_wave(
    responses: Sequence[Answered], frame: Frame, known: Collection[str] = ()
) -> tuple[Group, ...]:
    """The groups that every question's are made of: what a filter of a page may choose from."""
    submitted = [response.region for response in frame.counted(responses)]
    rest = [response.region for response in frame.counted(_others(responses, known))]
    return groups_for({r: (submitted.count(r), rest.count(r)) for r in frame.regions})


def _others(responses: Sequence[Answered], known: Collection[str]) -> list[Answered]:
    return [response for response in responses if response.organisation not in known]


def _groups(
    tallies: Mapping[str, Tally], rest: Mapping[str, Tally], lines: Sequence[Line]
) -> tuple[Group, ...]:
    if any(too_few(sum(t.answered for t in of.values())) for of in (tallies, rest)):
        return ()
    of_wave = groups_for({r: (tallies[r].submitted, rest[r].submitted) for r in tallies})
    before = {region for group in of_wave if group.merged for region in group.regions}
    bases = {region: tallies[region].bases(lines) + rest[region].bases(lines) for region in tallies}
    return groups_for(bases, merged_before=before)


def _wave(
    question: Question,
    responses: Sequence[Answered],
    frame: Frame,
    audience: Audience,
    chosen: Sequence[str],
    *,
    known: Collection[str],
) -> _Wave:
    lines = lines_of(question, responses, frame)
    tallies = tally_by_region(question, responses, frame, lines)
    if audience is Audience.STAFF:
        alone = tuple((region,) for region in frame.regions)
        return _Wave(question, frame, lines, tallies, alone, frozenset(), allowed=True)
    others = _others(responses, known)
    rest = tally_by_region(question, others, frame, lines) if known else tallies
    totals = [together(of.values(), lines) for of in (tallies, rest)]
    groups = _groups(tallies, rest, lines)
    return _Wave(
        question,
        frame,
        lines,
        tallies,
        groups=tuple(group.regions for group in groups),
        withheld=frozenset(
            line
            for line in lines
            if not groups or any(too_few(total.counts[line].base) for total in totals)
        ),
        allowed=set(chosen) == set(frame.regions) or filter_allowed(chosen, groups),
    )


@dataclass(frozen=True)
class _Unit:
    """A group of the table: its code, its regions, and whether it may be shown."""

    code: str
    regions: tuple[str, ...]
    shown: bool


def _units(wave: _Wave, chosen: tuple[str, ...]) -> list[_Unit]:
    """Each region chosen, then the merged group: regions inside it are named but not shown."""
    merged = [group for group in wave.groups if len(group) > 1 and set(group) <= set(chosen)]
    alone = [_Unit(region, (region,), (region,) in wave.groups) for region in chosen]
    return alone + [_Unit("+".join(group), group, shown=True) for group in merged]


def _size(wave: _Wave, unit: _Unit) -> GroupSize:
    tally = wave.tally(unit.regions)
    return GroupSize(
        group=unit.code,
        size=wave.frame.size(*unit.regions),
        submitted=tally.submitted,
        answered=tally.answered if unit.shown else None,
        missing=tally.missing if unit.shown else None,
        not_asked=tally.not_asked if unit.shown else None,
        suppressed=not unit.shown,
    )


def _rows(wave: _Wave, unit: _Unit, *, weighted: bool) -> Iterator[Row]:
    counts = wave.tally(unit.regions).counts
    inside = [group for group in wave.groups if weighted and set(group) <= set(unit.regions)]
    strata = [(wave.stratum(group), wave.tally(group).counts) for group in inside]
    for line in wave.lines:
        if not unit.shown or line in wave.withheld:
            yield Row(unit.code, line.item, line.value, suppressed=True)
        else:
            yield _row(unit.code, line, counts[line], [(s, of[line]) for s, of in strata])


def _row(code: str, line: Line, count: Count, strata: Sequence[tuple[Stratum, Count]]) -> Row:
    if line.quantile is not None:
        return Row(
            group=code,
            item=line.item,
            value=line.value,
            n=count.base,
            base=count.base,
            mean=quantile([(Fraction(1), count)], line.quantile),
            weighted_mean=quantile([(s.weight, of) for s, of in strata], line.quantile),
        )
    weighted = weighted_ratio(strata)
    if line.is_mean:
        mean = count.ratio
        return Row(code, line.item, None, count.base, count.base, mean=mean, weighted_mean=weighted)
    return Row(
        group=code,
        item=line.item,
        value=line.value,
        n=int(count.total),
        base=count.base,
        share=count.ratio,
        weighted_share=weighted,
    )
