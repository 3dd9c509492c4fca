"""References to answers inside a form's texts: `${name}` in a label, a hint or a message.

They stay in the texts as they stand; whether each leads anywhere is checked on the questionnaire
(`surveys.checks`). Here is what only the form knows: names given twice, and metadata.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from core.texts import lazy as _l
from surveys.xlsform.blocks import Block, flat
from surveys.xlsform.context import Context
from surveys.xlsform.literals import MENTION
from surveys.xlsform.rows import Row

NOTHING = "…"


def settle_mentions(blocks: Iterable[Block], context: Context) -> None:
    """Check the references in all texts; what isn't recorded here leaves an ellipsis."""
    for block in flat(blocks):
        if any("${" in text for texts in block.row.texts.values() for text in texts.values()):
            block.row = _settled(block.row, context)


def _settled(row: Row, context: Context) -> Row:
    texts = {
        column: {
            language: MENTION.sub(lambda m: _mention(m, row, column, context), text)  # noqa: B023  # used at once
            for language, text in found.items()
        }
        for column, found in row.texts.items()
    }
    return replace(row, texts=texts)


def _mention(match: re.Match[str], row: Row, column: str, context: Context) -> str:
    name, closed = match.groups()
    if not closed or name != name.strip():
        message = _l("Write a reference as ${name}, without spaces, and close its bracket.")
        context.findings.error(row, column, message)
    elif len(context.names.questions.get(name, ())) > 1:
        message = _l("“%(name)s” is the name of several questions.", name=name)
        context.findings.error(row, column, message)
    elif name in context.metadata and name not in context.names.questions:
        message = _l("“%(name)s” is not recorded here and leaves a gap.", name=name)
        context.findings.warn(row, column, message)
        return NOTHING
    return match[0]
