"""A Word list's numbers as templates of ours, and labels made equal to what Word shows.

Where our counting gives another number than Word's, the block says where to begin counting anew;
where that doesn't help either, its label is fixed as Word shows it.
"""

import re
from collections.abc import Sequence

from consult.text.document import NUMBER, Block
from consult.text.labels import BULLET, WORDS, Counters, next_label
from consult.word.contents import Listed
from consult.word.numbering import BULLET as BULLET_FORMAT
from consult.word.numbering import Numbering
from consult.word.texts import one_line

_PLACE = re.compile(r"%[1-9]")
_FORMATS = {
    "decimal": "{1}",
    "lowerLetter": "{a}",
    "upperLetter": "{A}",
    "lowerRoman": "{i}",
    "upperRoman": "{I}",
}
_LARGEST = 9_999
_LONGEST_LABEL = 30


def template(listed: Listed, numbering: Numbering) -> str:
    """The template that counts like a list's level; "" where none of ours does."""
    level = numbering.level(listed)
    if level.format == BULLET_FORMAT:
        return BULLET
    text = one_line(level.text)
    places = _PLACE.findall(text)
    own = f"%{listed.level + 1}"
    if places == [own] and level.format in _FORMATS:
        found = _worded(text.replace(own, _FORMATS["decimal" if level.legal else level.format]))
    elif places and places[-1] == own and text.startswith(".".join(_all(listed.level))):
        found = text.replace(".".join(_all(listed.level)), "{.1}")
    else:
        found = ""
    return found if re.fullmatch(NUMBER, found) else ""


def _all(level: int) -> list[str]:
    return [f"%{at + 1}" for at in range(level + 1)]


def _worded(text: str) -> str:
    """A template that begins with a word known in several languages, by its English name."""
    word, _, rest = text.partition(" ")
    for key, known in WORDS.items():
        if rest and word.casefold() in {name.casefold() for name in known.values()}:
            return f"{key} {rest}"
    return text


def with_labels(
    blocks: Sequence[Block], shown: Sequence[str], counts: Sequence[int], language: str
) -> list[Block]:
    """The blocks with labels equal to those shown. `counts`: where Word's own counter stood."""
    counters: Counters = {}
    found = []
    for block, label, count in zip(blocks, shown, counts, strict=True):
        ways = (block, *_ways(block, label, count))
        for way in ways:
            trial = dict(counters)
            if next_label(way, trial, language) == label or way is ways[-1]:
                found.append(way)
                counters = trial
                break
    return found


def _ways(block: Block, label: str, count: int) -> list[Block]:
    """Other ways to give a block its label, the better first. A bullet needs none."""
    if block.number == BULLET:
        return []
    fixed = block.model_copy(update={"label": label[:_LONGEST_LABEL]})
    if block.number and 1 <= count <= _LARGEST:
        return [block.model_copy(update={"start": count}), fixed]
    return [fixed]
