"""The forms for what came by mail or was said at a meeting."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from consult.forms.meetings import without_hidden_signs
from consult.models import Category, ContributionKind, ProposalKind, Source, Stance
from consult.services.saying import LONGEST_WORDS
from consult.text.document import LONGEST_TEXT
from consult.words import CATEGORIES, KINDS, PROPOSALS, STANCES
from core.forms import Form
from movement.forms.choices import choices
from movement.forms.people import a_plain_line

SOURCES = {
    Source.MAIL.value: _l("By mail or telephone"),
    Source.MEETING.value: _l("At a meeting"),
    Source.WORD.value: _l("In a document"),
}


def _told(form: "Enter", field: Field) -> None:
    """That something is written, in the form's own words."""
    if not field.data:
        raise StopValidation(form.untold)


_told.field_flags = {"required": True}  # type: ignore[attr-defined]  # as WTForms' own are marked


class Enter(Form):
    """Whose it is, how it came, what it speaks of, and its words.

    `key`: the identity it will have, so that a page sent twice enters one. `place`: a block's
    lineage, or "" for the whole text. Fields of other kinds are not read.
    """

    untold = _l("Say from whom it came and when, so that it can be found.")
    key = HiddenField()
    organisation = SelectField(
        _l("Organisation"), [InputRequired(_l("Choose whose words these are."))]
    )
    source = RadioField(
        _l("How it came"), choices=choices(SOURCES.items()), default=Source.MAIL.value
    )
    note = StringField(_l("Where it is found"), [a_plain_line, _told, Length(max=400)])
    kind = RadioField(_l("What it is"), choices=choices((k.value, t) for k, t in KINDS.items()),
                      default=ContributionKind.COMMENT.value)  # fmt: skip
    place = SelectField(_l("What it speaks of"))
    language = SelectField(_l("Language of the words"))
    text = TextAreaField(
        _l("Comment, or reason"), [without_hidden_signs, Length(max=LONGEST_WORDS)]
    )
    category = SelectField(_l("Sort of comment"),
                           choices=choices((c.value, t) for c, t in CATEGORIES.items()),
                           default=Category.GENERAL.value)  # fmt: skip
    proposal_kind = SelectField(
        _l("For an amendment: what it does"),
        choices=choices((p.value, t) for p, t in PROPOSALS.items()),
        default=ProposalKind.REPLACE.value,
    )
    proposal = TextAreaField(
        _l("For an amendment: the whole proposed text"),
        [without_hidden_signs, Length(max=LONGEST_TEXT)],
    )
    stance = SelectField(
        _l("For a position: which"),
        choices=choices([("", "–"), *((s.value, word[0]) for s, word in STANCES.items())]),
        default="",
    )

    def chosen_stance(self) -> Stance | None:
        """The position, if one is chosen."""
        return Stance(self.stance.data) if self.stance.data else None


class Take(Enter):
    """What an organisation asked for at a meeting, which says how it came."""

    untold = _l("Say where in the meeting's record it is found.")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        del self.source
