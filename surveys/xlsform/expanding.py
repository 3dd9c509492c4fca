"""Shorthands of XLSForm written out: loops over a list, and "or other"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.texts import lazy as _l
from surveys.definition import Choice, Texts
from surveys.xlsform.blocks import Block, flat
from surveys.xlsform.lists import OTHER, Lists, with_other
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets
from surveys.xlsform.types import GROUP, LOOP, Type

MAX_COPIES = 5_000
_GROUP = Type(GROUP, "begin_group", edge="begin")
_TEXT = Type("text", "text")
_SPECIFY = {
    "en": "Please specify.",
    "fr": "Veuillez préciser.",
    "es": "Especifique, por favor.",
    "ar": "يُرجى التحديد.",
}


def add_others(blocks: Iterable[Block], lists: Lists, sheets: Sheets, findings: Findings) -> None:
    """Add the choice "other" to the lists of rows that ask for it."""
    for block in flat(blocks):
        kind = block.type
        if not kind.or_other:
            continue
        if block.row.get("choice_filter"):
            message = _l("or_other can't stand beside a filter: add a choice named other instead.")
            findings.error(block.row, "choice_filter", message)
        if kind.list in lists:
            lists[kind.list] = with_other(lists[kind.list], sheets.languages)


def expanded(
    blocks: Iterable[Block], lists: Lists, sheets: Sheets, findings: Findings
) -> list[Block]:
    """The blocks with every loop and every "or other" as the rows they stand for."""
    written = list(_written_out(blocks, lists, sheets, findings))
    if sum(1 for _ in flat(written)) > MAX_COPIES and written:
        message = _l("Loops make more than %(most)s questions of this form.", most=MAX_COPIES)
        findings.error(written[0].row, "type", message)
        return []
    return written


def _written_out(
    blocks: Iterable[Block], lists: Lists, sheets: Sheets, findings: Findings
) -> Iterator[Block]:
    for block in blocks:
        if block.inside is None:
            yield block
            if block.type.or_other:
                yield Block(_specify(block.row, sheets), _TEXT)
            continue
        inside = list(_written_out(block.inside, lists, sheets, findings))
        if block.type.name == LOOP:
            inside = _rounds(block, inside, lists, findings)
            yield Block(_without_type(block.row), _GROUP, inside)
        else:
            yield replace(block, inside=inside)


def _specify(row: Row, sheets: Sheets) -> Row:
    name = row.get("name")
    cells = {
        "type": "text",
        "name": f"{name}_other",
        "relevant": f"selected(${{{name}}}, '{OTHER}')",
    }
    texts: Texts = {
        language: _SPECIFY.get(language, _SPECIFY["en"]) for language in sheets.languages
    }
    return Row(row.sheet, row.number, row.headings, cells, {"label": texts})


def _without_type(row: Row) -> Row:
    return replace(row, cells={**row.cells, "type": "begin_group"})


def _rounds(block: Block, inside: list[Block], lists: Lists, findings: Findings) -> list[Block]:
    """A group for each choice of the loop's list but "none", with what the loop holds."""
    listed = block.type.list
    if listed not in lists:
        message = _l("Name a list of the sheet choices behind “begin loop over”.")
        findings.error(block.row, "type", message)
        return []
    rounds = [choice for choice in lists[listed] if choice.code != "none"]
    if len(rounds) * sum(1 for _ in flat(inside)) > MAX_COPIES:
        message = _l("Loops make more than %(most)s questions of this form.", most=MAX_COPIES)
        findings.error(block.row, "type", message)
        return []
    return [_round(block.row, choice, inside) for choice in rounds]


def _round(row: Row, choice: Choice, inside: list[Block]) -> Block:
    cells = {"type": "begin_group", "name": choice.code}
    own = Row(row.sheet, row.number, row.headings, cells, {"label": choice.texts})
    return Block(own, _GROUP, [_of(block, choice) for block in inside])


def _of(block: Block, choice: Choice) -> Block:
    """The block with %(label)s and %(name)s replaced by the choice's."""
    texts = {
        column: {language: _filled(text, choice, language) for language, text in found.items()}
        for column, found in block.row.texts.items()
    }
    cells = {
        column: cell.replace("%(name)s", choice.code) for column, cell in block.row.cells.items()
    }
    inside = None if block.inside is None else [_of(inner, choice) for inner in block.inside]
    return replace(block, row=replace(block.row, cells=cells, texts=texts), inside=inside)


def _filled(text: str, choice: Choice, language: str) -> str:
    label = choice.texts.get(language) or next(iter(choice.texts.values()), choice.code)
    return text.replace("%(label)s", label).replace("%(name)s", choice.code)
