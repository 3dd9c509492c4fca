"""Contributions given as plain data, as commands and files bring them: read, or told what is wrong.

A paragraph is named by its lineage, by its place among the draft's blocks (a number from 0), or by
its label as it stands in the margin ("12.", or "12" where that is the only one), with the labels
above it where they are needed, as in "12.(a)".
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from consult.models import Category, ContributionKind, ProposalKind, Scope, Stance
from consult.services.saying import BadContribution, Problems, Said
from consult.text.document import Block, BlockKind, Document
from consult.text.labels import labels
from core.texts import lazy as _l

E = TypeVar("E", bound=StrEnum)
KEYS = frozenset({
    "kind", "category", "scope", "paragraph", "quote", "language", "text", "proposal_kind",
    "proposal", "position",
})  # fmt: skip
_TEXTS = ("quote", "text", "proposal")
_OF_KIND = {
    "quote": ContributionKind.COMMENT,
    "proposal_kind": ContributionKind.AMENDMENT,
    "proposal": ContributionKind.AMENDMENT,
    "position": ContributionKind.POSITION,
}
"""The keys that only contributions of one kind have."""


def said_from(data: Any, document: Document) -> Said:
    """What an object of a file says; raises `BadContribution` naming what can't be read.

    Whether it may be said is `tidied`'s question.
    """
    if not isinstance(data, Mapping):
        raise BadContribution({"kind": _l("Each contribution is a JSON object.")})
    unknown = sorted(set(data) - KEYS)
    if unknown:
        raise BadContribution({"kind": _l("There is no %(name)s.", name=repr(unknown[0]))})
    for name in _TEXTS:
        if not isinstance(data.get(name) or "", str):
            raise BadContribution({name: _l("%(name)s is not a text.", name=name)})
    language = data.get("language") or document.source
    lineage = _paragraph(data.get("paragraph"), document, str(language))
    scope = _one(Scope, data, "scope") or (Scope.PARAGRAPH if lineage else Scope.WHOLE)
    kind = _one(ContributionKind, data, "kind")
    if kind is None:
        raise BadContribution({"kind": _l("Say its kind: comment, amendment or position.")})
    proposal_kind = _one(ProposalKind, data, "proposal_kind")
    if kind is ContributionKind.AMENDMENT and proposal_kind is None:
        proposal_kind = ProposalKind.REPLACE if data.get("proposal") else None
    said = Said(
        kind,
        str(language),
        scope=scope,
        lineage=lineage,
        category=_one(Category, data, "category") or Category.GENERAL,
        text=data.get("text") or "",
        quote=data.get("quote") or "",
        proposal_kind=proposal_kind,
        proposal=data.get("proposal"),
        stance=_one(Stance, data, "position"),
    )
    if problems := _misplaced(said, data):
        raise BadContribution(problems)
    return said


def _misplaced(said: Said, data: Mapping[str, Any]) -> Problems:
    """A sentence for each thing given that has no place in what is said: `tidied` leaves it out."""
    problems: Problems = {
        name: _l("A contribution of the kind %(kind)s has no %(name)s.",
                 kind=said.kind.value, name=repr(name))
        for name, kind in _OF_KIND.items() if data.get(name) and kind is not said.kind
    }  # fmt: skip
    comments = said.kind is ContributionKind.COMMENT
    if not comments and data.get("scope") and said.scope is not Scope.PARAGRAPH:
        problems["scope"] = _l("An amendment or a position is about one paragraph. Take out scope.")
    elif said.scope is Scope.WHOLE and said.lineage:
        problems["scope"] = _l(
            "What is about the whole text names no paragraph. Take out paragraph, or scope."
        )
    if said.proposal_kind is ProposalKind.DELETE and said.proposal:
        problems["proposal"] = _l("A deletion proposes no words. Take out proposal.")
    if comments and said.quote and (said.scope is Scope.SECTION or said.lineage is None):
        problems["quote"] = _l("Name the paragraph that the quoted words stand in.")
    return problems


def _one(enum: type[E], data: Mapping[str, Any], name: str) -> E | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    known = {member.value: member for member in enum}
    if not isinstance(value, str) or value not in known:
        raise BadContribution(
            {name: _l("%(name)s is one of: %(known)s.", name=name, known=", ".join(known))}
        )
    return known[value]


def _paragraph(value: Any, document: Document, language: str) -> UUID | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if 0 <= value < len(document.blocks):
            return document.blocks[value].lineage
        raise _nowhere(value)
    try:
        return UUID(str(value))
    except ValueError:
        return _labelled(str(value), document, language)


def _labelled(wanted: str, document: Document, language: str) -> UUID:
    """The one paragraph whose label, alone or with those above it, is this."""
    found = labels(document, language)
    bare = _bare(wanted)
    alone = [one for one in document.blocks if found[one.lineage] and _bare(found[one.lineage])
             == bare and one.kind is not BlockKind.FOOTNOTE]  # fmt: skip
    whole = [one for one in document.blocks if _bare(_path(document, one, found)) == bare]
    chosen = whole if len(whole) == 1 else alone
    if not chosen:
        raise _nowhere(wanted)
    if len(chosen) > 1:
        raise BadContribution(
            {"paragraph": _l("There are several paragraphs %(name)s: give its lineage.",
                             name=wanted)}
        )  # fmt: skip
    return chosen[0].lineage


def _path(document: Document, block: Block, found: Mapping[UUID, str]) -> str:
    """A paragraph's label with those of the paragraphs that it stands under."""
    parts, level = [found[block.lineage]], block.level
    for above in reversed(document.blocks[: document.at[block.lineage]]):
        if above.kind is not BlockKind.PARAGRAPH or block.kind is not BlockKind.PARAGRAPH:
            break
        if above.level < level:
            parts.append(found[above.lineage])
            level = above.level
    return "".join(reversed(parts))


def _bare(label: str) -> str:
    return re.sub(r"[\s().]+", " ", label).strip().casefold()


def _nowhere(name: object) -> BadContribution:
    return BadContribution(
        {"paragraph": _l("The draft has no paragraph %(name)s.", name=repr(name))}
    )
