"""The queue's filters as they stand in an address: read, written, offered."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import g

from consult.models import Category, ContributionKind, Outcome
from consult.queries.filters import Filters, Stage
from core.characters import REFUSED
from core.texts import lazy as _l

Value = TypeVar("Value")
NOBODY, MINE, WHOLE = "nobody", "me", "whole"
LONGEST = 200
STAGES = {
    Stage.PENDING: _l("To be decided"),
    Stage.UNDECIDED: _l("Nothing proposed yet"),
    Stage.PROPOSED: _l("Proposed, to be approved"),
    Stage.DISPOSED: _l("Decided"),
    Stage.AWAITING: _l("Awaiting admission"),
    Stage.RETURNED: _l("Returned"),
    Stage.WITHDRAWN: _l("Withdrawn"),
}


def filters_in(args: Mapping[str, str], *, stage: Stage | None = None) -> Filters:
    """The filters an address asks for; what means nothing narrows nothing.

    `stage`: where the address says none; `stage=all` asks for every one.
    """
    officer, place = args.get("officer", ""), args.get("place", "")
    asked = args.get("stage", "")
    heading = place.removeprefix("section-")
    return Filters(
        stage=None if asked == "all" else _read(Stage, asked) or stage,
        officer=g.actor.id if officer == MINE else _read(UUID, officer),
        nobodys=officer == NOBODY,
        section=_read(UUID, heading) if heading != place else None,
        paragraph=_read(UUID, place),
        whole=place == WHOLE,
        organisation=_words(args, "organisation").upper()[:40],
        region=_words(args, "region")[:40],
        kind=_read(ContributionKind, args.get("kind", "")),
        category=_read(Category, args.get("category", "")),
        outcome=_read(Outcome, args.get("outcome", "")),
        code=_read(UUID, args.get("theme", "")),
        text=_words(args, "q"),
    )


def _words(args: Mapping[str, str], name: str) -> str:
    return REFUSED.sub("", args.get(name, "")).strip()[:LONGEST]


def _read(maker: Callable[[str], Value], text: str) -> Value | None:
    try:
        return maker(text) if text else None
    except ValueError:
        return None


def asked_after(args: Mapping[str, str]) -> int | None:
    """The number behind which the page asked for begins, None for the first page."""
    written = args.get("after", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None  # noqa: PLR2004 - an integer of any database


NAMES = ("stage", "officer", "place", "organisation", "region", "kind", "category", "outcome",
         "theme", "q")  # fmt: skip


def asked_for(args: Mapping[str, str]) -> dict[str, Any]:
    """The parts of an address that narrow the queue, to be kept in links."""
    return {name: args[name] for name in NAMES if args.get(name)}
