"""What can be done with a paragraph: each step as the page's form asks for it.

Whatever step is asked for, words typed on the same page are saved with it. What was typed for
another step is taken along by saving, and by any other step refused, so that nothing gets lost.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from pydantic import ValidationError

from consult.routes.drafting_view import Drafting, lines, typed, why
from consult.services.drafting import NO_WORDS, At, Desk, EditedElsewhere, Why
from consult.text.document import Block, BlockKind
from consult.text.inline import canonical
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

Follows = UUID | None
"""The paragraph to go to next; None: the outline."""
FORMS = ("{1}.", "({a})", "({i})", "•", "{.1}", "{A}.", "{I}.", "article {1}", "principle {1}", "")
"""Numberings offered, as templates; the last is none."""
SHAPE, PLACE = ("form", "number", "start", "label"), "after"
"""Fields that show how a paragraph stands. Each has another one, was-NAME, with what it showed."""


class TypedBeside(DomainError):
    """A step was asked for while a `field` of another one was filled in."""

    status = 422

    def __init__(self, field: str) -> None:
        super().__init__(
            _l(
                "Something else on this page is filled in too. Press “Save” to keep all of it, or "
                "take out what is not meant."
            )
        )
        self.field = field


@dataclass(frozen=True)
class Step:
    """A step. `do` gets the paragraph with the words just typed. `done`: what to say afterwards."""

    do: Callable[[Desk, Block, Why], Follows]
    done: Lazy


def take(work: Desk, desk: Drafting, lineage: UUID, wanted: Step) -> Follows:
    """Save the words typed, take the step; where to go. Raises what the services raise."""
    at = At(lineage, request.form.get("seen", ""))
    work.at(at)
    _refuse_others(wanted, work.document.languages)
    languages = [one for one in work.document.languages if f"text-{one}" in request.form]
    if wanted is STEPS["split"]:
        languages = [one for one in languages if not _divides(one, work.document.source)]
    texts = {one: typed(f"text-{one}") for one in languages}
    right = {one for one in languages if f"right-{one}" in request.form}
    reason = why(desk)
    following = wanted.do(work, work.reword(at, texts, reason, right), reason)
    if reason.given and not work.steps:
        raise DomainError(NO_WORDS, 422)
    return following


def changed(name: str) -> bool:
    """Whether a field was given another value than its page showed."""
    was = request.form.get(f"was-{name}")
    return was is not None and request.form.get(name, was).strip() != was


def filled_in(languages: Iterable[str]) -> dict[str, str]:
    """The steps that fields of their own are filled in for, each with the first such field.

    In the order in which they can be taken one after the other.
    """
    found = {
        "relabel": [name for name in SHAPE if changed(name)],
        "move": [PLACE] if changed(PLACE) else [],
        "insert": [f"new-{one}" for one in languages if lines(f"new-{one}")],
    }
    return {step: names[0] for step, names in found.items() if names}


def _refuse_others(wanted: Step, languages: Iterable[str]) -> None:
    for step, field in filled_in(languages).items():
        if wanted not in (STEPS["save"], STEPS[step]):
            raise TypedBeside(field)


def _divides(language: str, source: str) -> bool:
    """Whether its text begins as many lines as the source's, and is divided with it."""
    return len(lines(f"text-{language}")) == len(lines(f"text-{source}"))


def _save(work: Desk, block: Block, reason: Why) -> Follows:
    for step in filled_in(work.document.languages):
        STEPS[step].do(work, work.document.blocks[work.document.at[block.lineage]], reason)
    if reason.given and not work.steps:
        work.settle(block, reason)
    return block.lineage


def _split(work: Desk, block: Block, reason: Why) -> Follows:
    parts = {
        language: [canonical(line) for line in lines(f"text-{language}")]
        for language in work.document.languages
    }
    at = work.document.at[block.lineage]
    work.split(block, parts, reason)
    return work.document.blocks[at].lineage


def _merge(work: Desk, block: Block, reason: Why) -> Follows:
    at = work.document.at[block.lineage]
    work.merge(block, reason)
    return work.document.blocks[at].lineage


def _up(work: Desk, block: Block, reason: Why) -> Follows:
    work.step(block, -1, reason)
    return block.lineage


def _down(work: Desk, block: Block, reason: Why) -> Follows:
    work.step(block, 1, reason)
    return block.lineage


def _move(work: Desk, block: Block, reason: Why) -> Follows:
    wanted = request.form.get("after", "")
    places = {str(one.lineage): one.lineage for one in work.document.blocks}
    if wanted and wanted not in places:
        raise EditedElsewhere(block)
    work.move(block, places.get(wanted), reason)
    return block.lineage


def _insert(work: Desk, block: Block, reason: Why) -> Follows:
    languages = work.document.languages
    texts = {one: text for one in languages if (text := typed(f"new-{one}"))}
    heading = block.kind is BlockKind.HEADING
    new = Block(
        lineage=block.lineage,
        level=0 if heading else block.level,
        number="" if block.kind is not BlockKind.PARAGRAPH else block.number,
        texts=texts,
    )
    return work.insert(block.lineage, new, reason)


def _delete(work: Desk, block: Block, reason: Why) -> Follows:
    work.delete(block, reason)
    return None


def _relabel(work: Desk, block: Block, reason: Why) -> Follows:
    work.relabel(block, form_asked(block), reason)
    return block.lineage


def form_asked(block: Block) -> dict[str, Any]:
    """The kind, depth and number that the form asks for. Raises `DomainError`."""
    kind, _, level = request.form.get("form", "").partition("-")
    start = request.form.get("start", "").strip()
    asked = {
        "kind": block.kind.value if block.kind is BlockKind.FOOTNOTE else kind,
        "level": level or "0",
        "number": request.form.get("number", ""),
        "start": start or None,
        "label": request.form.get("label", "").strip(),
    }
    try:
        made = Block.model_validate({"lineage": block.lineage, **asked})
    except ValidationError as error:
        raise DomainError(
            _l(
                "This is no number that a paragraph can have. Count from 1 to 9999, and keep a "
                "fixed label shorter than 30 characters."
            )
        ) from error
    return {name: getattr(made, name) for name in asked}


STEPS: dict[str, Step] = {
    "save": Step(_save, _l("Saved.")),
    "split": Step(_split, _l("The paragraph is divided.")),
    "merge": Step(_merge, _l("The two paragraphs are one.")),
    "up": Step(_up, _l("Moved up.")),
    "down": Step(_down, _l("Moved down.")),
    "move": Step(_move, _l("Moved.")),
    "insert": Step(_insert, _l("The new paragraph is in the text.")),
    "delete": Step(_delete, _l("The paragraph is taken out. You can take the step back.")),
    "relabel": Step(_relabel, _l("Saved.")),
}
