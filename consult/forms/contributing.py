"""The form in which a contribution is written: its shape. What may be said, the services say."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from consult.models import Category, Contribution, ContributionKind, ProposalKind, Scope, Stance
from consult.services.saying import Problems, Said
from consult.text.inline import BREAK
from consult.words import CATEGORIES, PROPOSALS, STANCES
from core.forms import Form

REASONS = {
    ContributionKind.COMMENT: _l("Your comment"),
    ContributionKind.AMENDMENT: _l("Why"),
    ContributionKind.POSITION: _l("Why"),
}
LONGEST_START = 9


class Write(Form):
    """A contribution of one kind. Fields that its kind doesn't have are left out.

    `key`: the identity it will have, so that a page sent twice makes one. `edition`: as shown.
    """

    key = HiddenField()
    edition = HiddenField()
    language = HiddenField()
    quote_start = HiddenField()
    category = RadioField(_l("What sort of comment it is"))
    quote = StringField(_l("Words you speak of"))
    stance = RadioField(_l("Position"))
    proposal_kind = RadioField(_l("What you propose"))
    proposal = TextAreaField(_l("The proposed words"))
    text = TextAreaField()
    scope = SelectField(_l("What you speak of"))

    def __init__(self, kind: ContributionKind, *, heading: bool, whole: bool, **more: Any) -> None:
        super().__init__(**more)
        self.kind = kind
        self.category.choices = [(one.value, str(word)) for one, word in CATEGORIES.items()]
        self.stance.choices = [(one.value, str(word[0])) for one, word in STANCES.items()]
        self.proposal_kind.choices = [(one.value, str(word)) for one, word in PROPOSALS.items()]
        self.scope.choices = [
            (Scope.SECTION.value, _l("The whole section under this heading")),
            (Scope.PARAGRAPH.value, _l("This heading alone")),
        ]
        self.text.label.text = REASONS[kind]
        for name in _unused(kind, heading=heading, whole=whole):
            delattr(self, name)

    def said(self, lineage: UUID | None) -> Said:
        """What was typed, as the services take it."""
        stance, proposal_kind = self._choice("stance"), self._choice("proposal_kind")
        scope = self._choice("scope") or (Scope.PARAGRAPH if lineage else Scope.WHOLE)
        return Said(
            self.kind,
            self.language.data or "",
            scope=Scope(scope),
            lineage=lineage,
            category=Category(self._choice("category") or Category.GENERAL),
            text=self.text.data or "",
            quote=self._typed("quote"),
            quote_start=_number(self._typed("quote_start")),
            proposal_kind=ProposalKind(proposal_kind) if proposal_kind else None,
            proposal=self._typed("proposal"),
            stance=Stance(stance) if stance else None,
        )

    def _typed(self, name: str) -> str:
        return (self[name].data or "") if name in self else ""

    def _choice(self, name: str) -> str:
        """What was chosen among what is offered, or ""."""
        if name not in self:
            return ""
        offered = {value for value, _word in self[name].choices}
        return self[name].data if self[name].data in offered else ""

    def blame(self, problems: Problems) -> None:
        """Put each sentence beside its field; those of no field of this form beside the words."""
        for name, sentence in problems.items():
            field = self[name] if name in self and name != "language" else self.text
            field.errors = [*field.errors, sentence]


def _unused(kind: ContributionKind, *, heading: bool, whole: bool) -> list[str]:
    """The fields that a contribution of this kind does without."""
    comments = kind is ContributionKind.COMMENT
    unused = [] if comments else ["category", "quote", "quote_start"]
    if comments and whole:
        unused += ["quote", "quote_start"]
    unused += [] if kind is ContributionKind.POSITION else ["stance"]
    unused += [] if kind is ContributionKind.AMENDMENT else ["proposal_kind", "proposal"]
    return unused + ([] if comments and heading else ["scope"])


def _number(typed: str) -> int | None:
    return (
        int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_START else None
    )


def identity_in(key: HiddenField) -> UUID:
    """The identity that a page was made with; a new one, which the page will send, if none."""
    try:
        return UUID(key.data or "")
    except ValueError:
        made = uuid4()
        key.data = str(made)
        return made


def values_of(one: Contribution) -> MultiDict[str, str]:
    """What a contribution says, as the form shows it."""
    said = Said.of(one).fields()
    shown = {name: str(value) for name, value in said.items() if value is not None}
    shown["proposal"] = lines(one.proposal or "")
    return MultiDict({**shown, "edition": str(one.edition), "key": str(one.id)})


def lines(text: str) -> str:
    """A stored text as it is typed: its inner line breaks as such."""
    return text.replace(BREAK, "\n")
