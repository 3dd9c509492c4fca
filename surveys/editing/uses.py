"""Where a questionnaire speaks of a question, and following it when its code changes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.checks.finding import Sort
from surveys.checks.subjects import TEXTS, TREES, subjects
from surveys.conditions import references
from surveys.definition import Questionnaire, Tree

MENTION = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
COMPARING = frozenset({"=", "!=", "selected"})
_TREES = frozenset({*TREES, "default"})
_TEXTS = frozenset(TEXTS)


@dataclass(frozen=True)
class Use:
    """A question, group or section with the field that speaks of a question."""

    sort: Sort
    code: str
    field: str


def uses_of(document: Questionnaire, codes: frozenset[str]) -> list[Use]:
    """Where these questions are spoken of by others, in the order asked."""
    return [
        Use(subject.sort, subject.code, field)
        for subject in subjects(document)
        if subject.question is None or subject.code not in codes
        for field, mentioned in _mentions(subject.thing)
        if mentioned & codes
    ]


def _mentions(thing: Any) -> Iterator[tuple[str, frozenset[str]]]:
    for field in sorted(_TREES):
        yield field, references(getattr(thing, field, None))
    for field in TEXTS:
        texts = getattr(thing, field, None) or {}
        yield field, frozenset(MENTION.findall("\n".join(texts.values())))


def recoded(written: Any, codes: Mapping[str, str]) -> Any:
    """JSON of a definition, or of a part, with questions' codes replaced wherever it uses them.

    The codes of the questions themselves are left to the caller.
    """
    if isinstance(written, list):
        return [recoded(part, codes) for part in written]
    if not isinstance(written, dict):
        return written
    return {key: _recoded_field(key, value, codes) for key, value in written.items()}


def _recoded_field(key: str, value: Any, codes: Mapping[str, str]) -> Any:
    if key in _TREES and isinstance(value, dict):
        return _recoded_tree(value, codes)
    if key in _TEXTS and isinstance(value, dict):
        return {language: _recoded_text(text, codes) for language, text in value.items()}
    return recoded(value, codes) if isinstance(value, dict | list) else value


def _recoded_tree(tree: Mapping[str, Any], codes: Mapping[str, str]) -> Tree:
    changed = dict(tree)
    if "ref" in tree:
        changed["ref"] = codes.get(tree["ref"], tree["ref"])
    if "args" in tree:
        changed["args"] = [_recoded_tree(argument, codes) for argument in tree["args"]]
    if "where" in tree:
        changed["where"] = _recoded_tree(tree["where"], codes)
    return changed


def _recoded_text(text: str, codes: Mapping[str, str]) -> str:
    return MENTION.sub(lambda found: f"${{{codes.get(found[1], found[1])}}}", text)


def with_choice_recoded(
    document: Questionnaire, asked: frozenset[str], changed: Mapping[str, str]
) -> Questionnaire:
    """The document with conditions following choices of these questions to their new codes."""
    written = document.as_json()
    for section in written.get("sections", ()):
        _follow_choices(section, "", asked, changed)
    return Questionnaire.model_validate(written)


def _follow_choices(
    part: dict[str, Any], own: str, asked: frozenset[str], changed: Mapping[str, str]
) -> None:
    for field in _TREES & part.keys():
        part[field] = _choice_followed(part[field], own, asked, changed)
    for inner in (*part.get("questions", ()), *part.get("groups", ())):
        _follow_choices(inner, inner["code"], asked, changed)


def _choice_followed(
    tree: Tree, own: str, asked: frozenset[str], changed: Mapping[str, str]
) -> Tree:
    arguments = [_choice_followed(a, own, asked, changed) for a in tree.get("args", ())]
    if tree.get("op") in COMPARING and len(arguments) == 2:  # noqa: PLR2004 -- left and right
        for about, value in ((0, 1), (1, 0)):
            code = arguments[about].get("ref") or ("this" in arguments[about] and own)
            known = str(arguments[value].get("value", ""))
            if code in asked and known in changed:
                arguments[value] = {"value": changed[known]}
    return {**tree, "args": arguments} if arguments else tree
