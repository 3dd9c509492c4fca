"""What somebody typed into a page whose sending was refused, so that the refusal can show it.

Knows no page: a feature says how its own pages' fields are told in words.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from core.characters import REFUSED
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

Typed = list[tuple[str, str]]
"""Pairs of a label and a text."""
Reader = Callable[[Mapping[str, Any], MultiDict[str, str]], Typed]
"""Says what was typed, from the values in the page's address and the form that was sent."""
OURS = frozenset({
    "after", "asked", "at", "back", "challenge", "chosen", "contribution", "csrf_token",
    "digest", "do", "edition", "for", "form_key", "kind", "key", "last", "lineage", "next",
    "offered", "outcome", "paragraph", "part", "proof", "quote_start", "released", "remove",
    "repeat", "right", "seen", "show", "shown", "step", "then", "version", "was", "who",
    "whom",
})  # fmt: skip
"""Fields that pages of ours carry, buttons and boxes: sent again with the rest, never typed."""
NUMBERED = re.compile(r"(contribution|key|lineage|right|seen|step|was)[-_].*|.*-was")
"""Such fields where a page has several."""
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LABELS: Mapping[str, Lazy] = {"note": _l("Note"), "reason": _l("Reason"), "text": _l("Text")}
"""What fields are called that mean the same on every page, also with a row or language added."""


def reads_typed(app: Flask, endpoint: str, reader: Reader) -> None:
    """Let a feature say in words what was typed into a page of its own."""
    app.extensions.setdefault("readers_of_typed", {})[endpoint] = reader


def carried(name: str) -> bool:
    """Whether a field is one that pages carry, and that nobody types into."""
    return name in OURS or NUMBERED.fullmatch(name) is not None


def typed_in(fields: Iterable[tuple[str, list[str]]]) -> Typed:
    """What somebody typed into a form's fields, by what these are called, else by their names."""
    return [
        (_label(name), value)
        for name, values in fields
        if not carried(name)
        for value in values
        if value.strip() and not IDENTITY.fullmatch(value)
    ]


def _label(name: str) -> str:
    known = (str(LABELS[part]) for part in re.split("[-_]", name) if part in LABELS)
    return next(known, name)


def typed() -> Typed:
    """What the request's form holds, in its page's words where these can be had."""
    return typed_at(request.endpoint, request.view_args or {}, request.form)


def typed_at(endpoint: str | None, values: Mapping[str, Any], form: MultiDict[str, str]) -> Typed:
    """What a form holds that was sent to this endpoint, in its page's words where these can be had.

    `values`: those in the page's address.
    """
    reader: Reader | None = current_app.extensions.get("readers_of_typed", {}).get(endpoint)
    known = g.get("actor") is not None  # a refusal may come before anybody is identified
    try:
        found = reader(values, form) if reader and known else []
    except (DomainError, HTTPException, SQLAlchemyError):
        found = []  # not for this person, or the database is away: the fields' names must do
    found = found or typed_in(form.lists())
    return [(REFUSED.sub("", label), REFUSED.sub("", text)) for label, text in found]
