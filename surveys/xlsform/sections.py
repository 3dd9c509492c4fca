"""The blocks of a survey as sections with their questions, and the introduction."""

from collections.abc import Iterator

from core.texts import lazy as _l
from surveys.definition import Section, Texts
from surveys.xlsform.blocks import INTRODUCTION, Block
from surveys.xlsform.containers import hold, list_ignored, refuse_kind
from surveys.xlsform.context import Context
from surveys.xlsform.grids import GRIDS
from surveys.xlsform.parameters import appearance
from surveys.xlsform.texts import labelled, optional


def read_introduction(blocks: list[Block], context: Context) -> tuple[Texts, ...]:
    """The paragraphs of the groups marked as introduction."""
    groups = [b for b in blocks if b.kind == INTRODUCTION and b.inside is not None]
    for group in groups:
        if group.row.get("relevant"):
            message = _l("The introduction is read by all: take the condition out.")
            context.findings.error(group.row, "relevant", message)
    notes = [inner for group in groups for inner in group.inside or ()]
    for note in notes:
        if note.type.name != "note":
            message = _l("The introduction holds notes only: move this row into a section.")
            context.findings.error(note.row, "type", message)
    return tuple(labelled(n.row, context.sheets, context.findings, n.name) for n in notes)


def read_sections(blocks: list[Block], title: Texts, context: Context) -> tuple[Section, ...]:
    """The sections in order; questions outside every group get sections of their own."""
    sections = []
    for group in gathered(blocks):
        if isinstance(group, list):
            sections.append(_loose(group, title, context))
        elif group.code:
            sections.append(_grouped(group, context))
    return tuple(sections)


def gathered(blocks: list[Block]) -> Iterator[Block | list[Block]]:
    """Plain groups, and between them runs of what stands outside; the introduction left out."""
    run: list[Block] = []
    for block in blocks:
        if block.inside is None or block.repeats or block.kind in GRIDS:
            run.append(block)
        elif block.kind != INTRODUCTION:
            if run:
                yield run
            run = []
            yield block
    if run:
        yield run


def _loose(run: list[Block], title: Texts, context: Context) -> Section:
    held = hold(run, context)
    return Section(
        code=context.names.codes.loose(),
        texts=title,
        loose=True,
        groups=tuple(held.groups),
        questions=tuple(held.questions),
    )


def _grouped(block: Block, context: Context) -> Section:
    row = block.row
    refuse_kind(block, context)
    list_ignored(block, context)
    context.rows["section", block.code] = row
    held = hold(block.inside or [], context)
    if not held.questions:
        context.findings.warn(row, "type", _l("This group holds no question."))
    return Section(
        code=block.code,
        name="" if block.name == block.code else block.name,
        texts=labelled(row, context.sheets, context.findings, block.name),
        hints=optional(row, "hint", context.sheets, context.findings),
        relevant=context.tree(row, "relevant"),
        appearance=appearance(row, context),
        groups=tuple(held.groups),
        questions=tuple(held.questions),
    )
