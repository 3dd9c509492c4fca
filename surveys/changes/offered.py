"""Answers that hold what their question no longer offers: told apart, and never lost by saving.

A choice or a row that a later version takes away stays in the answers of responses under way, until
somebody chooses anew. Of an answer it knows the shape only: codes, alone, in lists, or by row.
"""

from typing import Any

from surveys.definition import Question


def still_offered(question: Question, stored: Any) -> Any:
    """What of a stored value the question still offers; None if nothing is left of it.

    A value of another kind than chosen ones is given back as it is.
    """
    if not (question.choices or question.items):
        return stored
    if isinstance(stored, dict) and "choice" not in stored:
        return _rows(question, stored)
    return _chosen(question, stored)


def _rows(question: Question, stored: dict[str, Any]) -> Any:
    if not question.items:
        return stored
    left = {
        code: chosen
        for code, value in stored.items()
        if question.item(code) is not None and (chosen := _chosen(question, value)) is not None
    }
    return left or None


def _chosen(question: Question, stored: Any) -> Any:
    if isinstance(stored, list):
        left = [one for value in stored if (one := _chosen(question, value)) is not None]
        return left or None
    if isinstance(stored, bool) or not question.choices:
        return stored
    code = stored["choice"] if isinstance(stored, dict) else stored
    return stored if question.choice(str(code)) is not None else None


def gone_from(question: Question, stored: Any) -> bool:
    """Whether a stored value holds what the question no longer offers."""
    return stored is not None and still_offered(question, stored) != stored


def kept(question: Question, before: Any, sent: Any) -> Any:
    """What to store when a page sends `sent` and `before` is held.

    A page can't show what is no longer offered. Sent back as it was shown, it changes nothing. Nor
    can it show what a repeat asked before inside an item: that stays with the item of its id.
    """
    if question.questions and isinstance(before, list) and isinstance(sent, list):
        former = {item.get("id"): item.get("answers", {}) for item in before}
        return [_kept_inside(question, former.get(item.get("id"), {}), item) for item in sent]
    if gone_from(question, before) and sent == still_offered(question, before):
        return before
    return sent


def _kept_inside(
    question: Question, former: dict[str, Any], item: dict[str, Any]
) -> dict[str, Any]:
    """An item of a repeat with what its page could not show."""
    asked = {inner.code: inner for inner in question.questions}
    sent = item.get("answers", {})
    left = {
        code: value if code not in asked else kept(asked[code], value, sent.get(code))
        for code, value in former.items()
    }
    whole = {**sent, **{code: value for code, value in left.items() if value is not None}}
    return {**item, "answers": whole}
