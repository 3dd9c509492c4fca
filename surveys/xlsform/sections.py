"""The blocks of a survey as sections with their questions, and the introduction."""

from collections.abc import Iterator

from core.texts import lazy as _l
from surveys.definition import Question, Section, Texts
from surveys.xlsform.blocks import INTRODUCTION, Block
from surveys.xlsform.context import Context, Trees, well_named
from surveys.xlsform.grids import GRIDS, read_grid
from surveys.xlsform.questions import read_question, split_type
from surveys.xlsform.texts import labelled


def read_introduction(blocks: list[Block], context: Context) -> tuple[Texts, ...]:
    """The paragraphs of the groups marked as introduction."""
    notes = [
        inner
        for block in blocks
        if block.kind == INTRODUCTION and block.inside is not None
        for inner in block.inside
    ]
    for note in notes:
        if split_type(note.row)[0] != "note":
            message = _l("The introduction holds notes only: move this row into a section.")
            context.findings.error(note.row, "type", message)
    return tuple(labelled(note.row, context.sheets, context.findings) for note in notes)


def read_sections(blocks: list[Block], title: Texts, context: Context) -> tuple[Section, ...]:
    """The sections in order; questions outside every group get sections of their own."""
    sections: dict[str, Section] = {}
    for group in _gathered(blocks):
        section = (
            _loose(group, title, sections, context)
            if isinstance(group, list)
            else _grouped(group, sections, context)
        )
        if section is not None:
            sections[section.code] = section
    return tuple(sections.values())


def _gathered(blocks: list[Block]) -> Iterator[Block | list[Block]]:
    """Plain groups, and between them runs of what stands outside; the introduction left out."""
    run: list[Block] = []
    for block in blocks:
        if block.inside is None or block.kind in GRIDS:
            run.append(block)
            continue
        if run:
            yield run
            run = []
        if block.kind != INTRODUCTION:
            yield block
    if run:
        yield run


def _loose(
    run: list[Block], title: Texts, sections: dict[str, Section], context: Context
) -> Section:
    number = 1
    while (code := f"questions_{number}" if number > 1 else "questions") in sections:
        number += 1
    return Section(code=code, texts=title, questions=tuple(_questions(run, (), context)))


def _grouped(block: Block, sections: dict[str, Section], context: Context) -> Section | None:
    row, findings = block.row, context.findings
    _refuse_kind(block, context)
    if not well_named(row, findings):
        return None
    code = row.get("name")
    if code in sections:
        message = _l("“%(code)s” is the name of another section. Choose a new one.", code=code)
        findings.error(row, "name", message)
        return None
    texts = labelled(row, context.sheets, findings)
    relevant = context.condition(row, "relevant")
    conditions = (relevant,) if relevant else ()
    questions = tuple(_questions(block.inside or [], conditions, context))
    return Section(code=code, texts=texts, questions=questions)


def _questions(blocks: list[Block], conditions: Trees, context: Context) -> Iterator[Question]:
    for block in blocks:
        if block.inside is None:
            question = read_question(block.row, conditions, context)
        elif block.kind in GRIDS:
            question = read_grid(block, conditions, context)
        else:
            yield from _subgroup(block, conditions, context)
            continue
        if question is not None:
            yield question


def _subgroup(block: Block, conditions: Trees, context: Context) -> Iterator[Question]:
    _refuse_kind(block, context)
    if block.row.texts.get("label"):
        message = _l("The title of a group inside a section isn't shown: use a note.")
        context.findings.warn(block.row, "label", message)
    own = context.condition(block.row, "relevant")
    yield from _questions(block.inside or [], (*conditions, own) if own else conditions, context)


def _refuse_kind(block: Block, context: Context) -> None:
    if block.kind:
        known = ", ".join((INTRODUCTION, *GRIDS))
        message = _l(
            "A group can be %(known)s, the first only outside of sections, not “%(kind)s”.",
            known=known,
            kind=block.kind,
        )
        context.findings.error(block.row, "plenary_kind", message)
