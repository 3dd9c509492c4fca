"""What the checks of a questionnaire find, told at the rows and columns of its form."""

from collections.abc import Iterable

from surveys.checks import Severity, findings
from surveys.conditions import nodes
from surveys.definition import Questionnaire
from surveys.xlsform.blocks import Block, flat
from surveys.xlsform.context import Context
from surveys.xlsform.headers import SURVEY
from surveys.xlsform.lists import OTHER, without_asking
from surveys.xlsform.problems import Place

COLUMNS = {
    "code": "name",
    "required_if": "required",
    "warning": "plenary_warning",
    "times": "repeat_count",
    "choices": "type",
    "items": "label",
    "texts": "label",
    "hints": "hint",
    "guidance": "guidance_hint",
    "required_texts": "required_message",
    "constraint_texts": "constraint_message",
    "warning_texts": "plenary_warning_message",
}
"""The columns of fields that have another name in a form."""


def check_logic(questionnaire: Questionnaire, context: Context) -> None:
    """Add what is wrong with the questionnaire's logic to the findings."""
    for finding in findings(questionnaire):
        place = context.rows.get((finding.sort, finding.code), Place(SURVEY, 1))
        column = COLUMNS.get(finding.field, finding.field)
        if finding.severity is Severity.ERROR:
            context.findings.error(place, column, finding.message)
        else:
            context.findings.warn(place, column, finding.message)


def stop_asking(blocks: Iterable[Block], context: Context) -> None:
    """A choice "other" whose text another question asks for doesn't ask for it itself."""
    everything = list(flat(blocks))
    lists = {block.code: block.type.list for block in everything if block.code}
    for block in everything:
        if OTHER not in block.row.get("relevant"):
            continue
        tree = context.tree(block.row, "relevant")
        for node, _depth in nodes(tree) if tree else ():
            arguments = node.get("args", ()) if node.get("op") in {"=", "selected"} else ()
            if any(argument.get("value") == OTHER for argument in arguments):
                for argument in arguments:
                    name = lists.get(argument.get("ref", ""), "")
                    if name in context.lists:
                        context.lists[name] = without_asking(context.lists[name])
