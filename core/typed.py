"""What somebody typed into a page whose sending was refused, so that the refusal can show it.

Knows no page: a feature says how its own pages' fields are told in words.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from core.characters import REFUSED
from core.errors import DomainError

Typed = list[tuple[str, str]]
"""Pairs of a label and a text."""
Reader = Callable[[Mapping[str, Any], MultiDict[str, str]], Typed]
"""Says what was typed, from the values in the page's address and the form that was sent."""
OURS = frozenset({"csrf_token", "edition", "asked", "key", "then", "next", "back"})
"""Fields that pages of ours carry: sent again with the rest, but nothing anybody typed."""


def reads_typed(app: Flask, endpoint: str, reader: Reader) -> None:
    """Let a feature say in words what was typed into a page of its own."""
    app.extensions.setdefault("readers_of_typed", {})[endpoint] = reader


def typed_in(fields: Iterable[tuple[str, list[str]]]) -> Typed:
    """What somebody typed into a form's fields, by the fields' names."""
    return [(name, v) for name, vs in fields for v in vs if v.strip() and name not in OURS]


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
