"""Names that stand in several groups: which of them a path such as `../total` means.

`${total}` can't say which, and neither XLSForm nor this reader guesses; a path can, by the groups
it leads through. Such paths are rewritten, before anything is read, as references to an alias that
no form can write. Refuses to know what expressions mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveys.xlsform.blocks import Block
from surveys.xlsform.literals import NAME
from surveys.xlsform.naming import Names

COLUMNS = ("relevant", "required", "constraint", "calculation", "choice_filter", "repeat_count",
           "plenary_warning")  # fmt: skip
"""Where paths are read. A default is left as it is: it may be a text that only looks like one."""

_MARK = "\u00b7"  # part of names in expressions, never of a name in a form
_PART = re.compile(
    rf"(?P<quoted>'[^']*'|\"[^\"]*\")"
    rf"|(?<![\w.)\]}}/-])(?P<path>(?:current\(\)/|/)?(?:\.{{1,2}}/|{NAME}/)*{NAME})"
)


@dataclass
class _Place:
    """A block among the others; the survey itself has none and is called as the form likes."""

    block: Block | None
    around: "_Place | None"
    inside: "dict[str, _Place]"


def settle_paths(blocks: list[Block], names: Names) -> None:
    """Rewrite the paths to names that are given several times, and note what they stand for."""
    several = {name for name, codes in names.questions.items() if len(codes) > 1}
    if several:
        for place in _places(blocks, _Place(None, None, {})):
            _settle(place, several, names)


def _places(blocks: list[Block], around: _Place) -> Iterator[_Place]:
    found = [_Place(block, around, {}) for block in blocks]
    for place, block in zip(found, blocks, strict=True):
        around.inside.setdefault(block.name, place)
    for place, block in zip(found, blocks, strict=True):
        inner = list(_places(block.inside or [], place))
        yield place
        yield from inner


def _settle(place: _Place, several: set[str], names: Names) -> None:
    block = place.block
    if block is None:
        return

    def settled(match: re.Match[str]) -> str:
        path = match["path"] or ""
        if path.rpartition("/")[2] not in several or "/" not in path:
            return match[0]
        target = _followed(path, place)
        if target is None or not target.code:
            return match[0]
        names.questions[f"{target.code}{_MARK}"] = [target.code]
        return f"${{{target.code}{_MARK}}}"

    cells = {
        column: _PART.sub(settled, cell)
        for column in COLUMNS
        if "/" in (cell := block.row.get(column))
    }
    if cells:
        block.row = replace(block.row, cells={**block.row.cells, **cells})


def _followed(path: str, start: _Place) -> Block | None:
    """The question at the path's end; None if it leads nowhere."""
    place: _Place | None = start
    steps = path.removeprefix("current()/").split("/")
    if not steps[0]:  # from the survey, whatever it is called
        while place is not None and place.around is not None:
            place = place.around
        steps = steps[2:]
    for step in steps:
        if place is None:
            return None
        if step == "..":
            place = place.around
        elif step != ".":
            place = place.inside.get(step)
    return place.block if place else None
