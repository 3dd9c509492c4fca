"""The codes of everything in a form, given before anything is read: expressions look ahead.

Names are unique within their group, as in XLSForm; a path says which one is meant
(`surveys.xlsform.paths`). Refuses to know what stands under a name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.texts import lazy as _l
from surveys.xlsform.blocks import INTRODUCTION, MATRIX, POINTS, Block
from surveys.xlsform.codes import Codes
from surveys.xlsform.problems import Findings
from surveys.xlsform.types import REPEAT

NAME = re.compile(r"[^\W\d][\w.-]{0,99}")
RESERVED = frozenset({"meta"})


@dataclass
class Names:
    """What each name stands for. `questions`: the codes of the questions a name is given to.

    `groups`: names of groups; `items`: names of the rows of a matrix or of points, to its code.
    """

    codes: Codes = field(default_factory=Codes)
    questions: dict[str, list[str]] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    items: dict[str, str] = field(default_factory=dict)


def give_codes(blocks: list[Block], findings: Findings) -> Names:
    """Give every block its code, "" with an error where its name can't be used."""
    names = Names()
    lower: dict[str, str] = {}
    _give(blocks, "", names, lower, findings)
    return names


def _give(
    blocks: Iterable[Block], inside: str, names: Names, lower: dict[str, str], findings: Findings
) -> None:
    """The blocks' codes. Groups of the first level come first: they become sections."""
    scope: set[str] = set()
    for block in blocks:
        if not _usable(block, scope, names, lower, findings):
            continue
        if block.inside is not None and block.kind == INTRODUCTION:
            continue
        if block.inside is None or block.repeats or block.kind in {MATRIX, POINTS}:
            block.code = names.codes.question(block.name, inside)
            names.questions.setdefault(block.name, []).append(block.code)
        else:
            block.code = names.codes.group(block.name, inside)
            names.groups.add(block.name)
        if block.kind in {MATRIX, POINTS}:
            _note_items(block, names)
        else:
            _give(block.inside or (), block.code, names, lower, findings)


def _note_items(block: Block, names: Names) -> None:
    for inner in block.inside or ():
        names.items.setdefault(inner.name, block.code)


def _usable(
    block: Block, scope: set[str], names: Names, lower: dict[str, str], findings: Findings
) -> bool:
    row, name = block.row, block.name
    if not well_named(block, findings):
        return False
    repeated = block.type.name == REPEAT and name in names.questions
    if name in scope or repeated or name in RESERVED:
        message = _l("“%(other)s” is taken already. Choose another name.", other=name)
        findings.error(row, "name", message)
        return False
    scope.add(name)
    other = lower.setdefault(name.lower(), name)
    if other != name:
        message = _l(
            "“%(name)s” and “%(other)s” differ only in capitals. Name them apart.",
            name=name,
            other=other,
        )
        findings.warn(row, "name", message)
    return True


def well_named(block: Block, findings: Findings) -> bool:
    """Whether the row's name can be a code; an error if not."""
    if NAME.fullmatch(block.name):
        return True
    message = _l(
        "Give a name of letters, digits, _, - and . that starts with a letter or _, "
        "of at most 100 characters."
    )
    findings.error(block.row, "name", message)
    return False
