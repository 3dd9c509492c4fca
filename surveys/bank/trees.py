"""The codes that conditions name, found and renamed without knowing what conditions mean."""

import re
from collections.abc import Mapping
from typing import Any

from surveys.definition import Question, Texts

TREES = (
    "relevant", "required_if", "constraint", "warning", "calculation", "default", "choice_filter",
    "times",
)  # fmt: skip
"""The fields of a question that hold trees."""
TEXTS = (
    "texts", "hints", "guidance", "required_texts", "constraint_texts", "warning_texts",
)  # fmt: skip
ITSELF = "."
_INSERTED = re.compile(r"\$\{\s*([^{}]+?)\s*\}")


def named_in(tree: Any) -> set[str]:
    """The codes a tree refers to, its own question's left out."""
    if isinstance(tree, Mapping):
        own = {tree["ref"]} if isinstance(tree.get("ref"), str) else set()
        return own.union(*map(named_in, tree.values())) - {ITSELF}
    return set().union(*map(named_in, tree)) if isinstance(tree, list | tuple) else set()


def renamed(question: Question, names: Mapping[str, str]) -> Question:
    """The question, and what a repeat asks, with other codes wherever codes stand."""
    if not names:
        return question
    changed: dict[str, Any] = {
        field: _renamed_tree(getattr(question, field), names) for field in TREES
    }
    changed |= {field: _renamed_texts(getattr(question, field), names) for field in TEXTS}
    changed["code"] = names.get(question.code, question.code)
    changed["questions"] = tuple(renamed(inner, names) for inner in question.questions)
    return question.model_copy(update=changed)


def _renamed_tree(tree: Any, names: Mapping[str, str]) -> Any:
    if isinstance(tree, Mapping):
        return {
            key: names.get(value, value)
            if key == "ref" and isinstance(value, str)
            else _renamed_tree(value, names)
            for key, value in tree.items()
        }
    return [_renamed_tree(one, names) for one in tree] if isinstance(tree, list) else tree


def _renamed_texts(texts: Texts, names: Mapping[str, str]) -> Texts:
    def put(found: re.Match[str]) -> str:
        return f"${{{names.get(found[1], found[1])}}}"

    return {language: _INSERTED.sub(put, text) for language, text in texts.items()}
