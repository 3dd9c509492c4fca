"""Labels as Word counts them: lists made so that Word's own counting gives the labels we show.

Word counts each list by itself. What it would count otherwise than we do gets a list that begins
anew with the right number; a label fixed by hand is a list whose label is a text. So no number
stands in a paragraph's text. It refuses to know where paragraphs are written.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from consult.export.word_styles import INDENT
from consult.export.word_xml import w
from consult.text.document import Block, BlockKind, Document
from consult.text.labels import BULLET, WORDS, filled, labels

LEVELS = 9
_FORMATS = {"{1}": "decimal", "{a}": "lowerLetter", "{A}": "upperLetter", "{i}": "lowerRoman",
            "{I}": "upperRoman"}  # fmt: skip
Place = tuple[int, int]
"""The number of a list, from 1, and the level in it, from 0."""
_Levels = tuple[tuple[int, str], ...]
"""What distinguishes lists: the templates at their levels; one of a fixed label at its only one."""


def level_of(block: Block) -> int:
    """The level of the list in which a block stands, from 0."""
    return block.level - 1 if block.kind is BlockKind.HEADING else block.level


@dataclass
class _List:
    """A list of Word's: which definition it is of, and what its count begins with at a level."""

    definition: int
    restart: tuple[int, int] | None = None


@dataclass
class Numbering:
    """The lists of one file. Blocks are given theirs document by document."""

    language: str
    definitions: list[tuple[BlockKind, _Levels, int]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    restarts: dict[tuple[UUID, int, tuple[int, int]], int] = field(default_factory=dict)

    def of(self, document: Document) -> dict[UUID, Place]:
        """Each numbered block's place; blocks without a label have none."""
        shown = labels(document, self.language)
        usual = _usual(document)
        counts = _Counts(self)
        found: dict[UUID, Place] = {}
        for block in document.blocks:
            if block.kind is not BlockKind.FOOTNOTE:
                own = counts.pass_by(block)
                if block.number or block.label:
                    label = shown[block.lineage]
                    found[block.lineage] = self._list_of(block, label, own, usual, counts)
        return found

    def _list_of(
        self, block: Block, shown: str, own: int, usual: dict[BlockKind, _Levels], counts: "_Counts"
    ) -> Place:
        level = level_of(block)
        if block.label or block.number in {"", BULLET}:
            text = BULLET if block.number == BULLET and not block.label else f"={shown}"
            return self._fixed(block.kind, level, text)
        known = dict(usual[block.kind])
        if known.get(level) != block.number:
            known = {one: template for one, template in known.items() if one < level}
        known[level] = block.number
        definition = self._define(block.kind, tuple(sorted(known.items())))
        if counts.label(definition, level) == shown:
            return counts.take(definition, level), level
        if counts.label(definition, level, own) == shown:
            number = self._restarted(block, definition, (level, own))
            return counts.take(definition, level, own, number=number), level
        return self._fixed(block.kind, level, f"={shown}")

    def _restarted(self, block: Block, definition: int, restart: tuple[int, int]) -> int:
        """The list that begins anew at a block: the same in each document where it does so."""
        key = (block.lineage, definition, restart)
        if key not in self.restarts:
            self.lists.append(_List(definition, restart))
            self.restarts[key] = len(self.lists)
        return self.restarts[key]

    def _fixed(self, kind: BlockKind, level: int, text: str) -> Place:
        """Bullets and labels that don't count: a list of one level for each depth."""
        return self.plain(self._define(kind, ((0, text),), depth=level)), 0

    def _define(self, kind: BlockKind, levels: _Levels, depth: int = 0) -> int:
        if (kind, levels, depth) not in self.definitions:
            self.definitions.append((kind, levels, depth))
        return self.definitions.index((kind, levels, depth))

    def plain(self, definition: int) -> int:
        """The list of a definition that goes on counting where it was."""
        for number, one in enumerate(self.lists, start=1):
            if one.definition == definition and one.restart is None:
                return number
        self.lists.append(_List(definition))
        return len(self.lists)

    def template(self, definition: int, level: int) -> str:
        """The template at a level of a definition, in the file's language."""
        template = dict(self.definitions[definition][1]).get(level, "")
        word, _, rest = template.partition(" ")
        known = WORDS.get(word.lower())
        return f"{known.get(self.language, known['en'])} {rest}" if known and rest else template

    def part(self) -> Any:
        """The part `word/numbering.xml`."""
        return w(
            "numbering",
            *(self._abstract(number) for number in range(len(self.definitions))),
            *(_num(number, one) for number, one in enumerate(self.lists, start=1)),
        )

    def _abstract(self, number: int) -> Any:
        kind, levels, depth = self.definitions[number]
        known = dict(levels)
        return w(
            "abstractNum",
            w("multiLevelType", val="multilevel"),
            *(
                _level(level, self.template(number, level), kind, depth)
                for level in range(min(LEVELS, max(known) + 1))
            ),
            abstractNumId=number,
        )


class _Counts:
    """Where counts stand while one goes through a document: ours, and those of Word's lists."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.ours: dict[tuple[BlockKind, int], int] = {}
        self.words: dict[int, dict[int, int]] = {}
        self.lists: dict[tuple[int, int], int] = {}

    def pass_by(self, block: Block) -> int:
        """Our count of a block, as `consult.text.labels` counts; 0 if it isn't counted."""
        for key in [key for key in self.ours if key[0] is block.kind and key[1] > block.level]:
            del self.ours[key]
        if block.number in {"", BULLET} or block.label:
            return 0
        place = (block.kind, block.level)
        self.ours[place] = block.start or self.ours.get(place, 0) + 1
        return self.ours[place]

    def label(self, definition: int, level: int, start: int | None = None) -> str:
        """What Word would show at the next block of this list."""
        counts = self.words.get(definition, {})
        own = start or counts.get(level, 0) + 1
        above = [counts.get(one, 1) for one in range(level)]
        return filled(self.numbering.template(definition, level), [*above, own])

    def take(
        self, definition: int, level: int, start: int | None = None, number: int | None = None
    ) -> int:
        """Go past a block of this list; the list's number, which those after it have too."""
        counts = self.words.setdefault(definition, {})
        counts[level] = start or counts.get(level, 0) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if number is None:
            number = self.lists.get((definition, level)) or self.numbering.plain(definition)
        self.lists[definition, level] = number
        return number


def _usual(document: Document) -> dict[BlockKind, _Levels]:
    """By kind: at each level the template that most of its blocks have."""
    found: dict[tuple[BlockKind, int], Counter[str]] = {}
    for block in _counted(document.blocks):
        found.setdefault((block.kind, level_of(block)), Counter())[block.number] += 1
    return {
        kind: tuple(
            (level, counter.most_common(1)[0][0])
            for (one, level), counter in sorted(found.items())
            if one is kind
        )
        for kind in BlockKind
    }


def _counted(blocks: Iterable[Block]) -> Iterable[Block]:
    return (block for block in blocks if block.number not in {"", BULLET} and not block.label)


def _level(level: int, template: str, kind: BlockKind, depth: int) -> Any:
    text, form, legal = _text(level, template)
    indent = 0 if kind is BlockKind.HEADING else level + depth
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("isLgl") if legal else None,
        w("suff", val="space") if kind is BlockKind.HEADING else None,
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        None
        if kind is BlockKind.HEADING
        else w("pPr", w("ind", left=INDENT * (indent + 1), hanging=INDENT)),
        ilvl=level,
    )


def _text(level: int, template: str) -> tuple[str, str, bool]:
    """A template as Word writes it: its text, its form of counting, whether above counts join."""
    if template.startswith("="):
        return template[1:].replace("%", "\uff05"), "decimal", False
    if template in {"", BULLET}:
        return template, "bullet" if template else "none", False
    if "{.1}" in template:
        joined = ".".join(f"%{one + 1}" for one in range(level + 1))
        return template.replace("{.1}", joined), "decimal", True
    sign = next(one for one in _FORMATS if one in template)
    return template.replace(sign, f"%{level + 1}"), _FORMATS[sign], False


def _num(number: int, one: _List) -> Any:
    override = None
    if one.restart:
        level, start = one.restart
        override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
    return w("num", w("abstractNumId", val=one.definition), override, numId=number)
