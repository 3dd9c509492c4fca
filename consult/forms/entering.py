"""The form for what came by mail or was said at a meeting."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from consult.models import Category, ContributionKind, ProposalKind, Source, Stance
from consult.services.saying import LONGEST_WORDS
from consult.text.document import LONGEST_TEXT
from consult.words import CATEGORIES, KINDS, PROPOSALS, STANCES
from core.forms import Form
from movement.forms.choices import choices

SOURCES = {
    Source.MAIL.value: _l("By mail or telephone"),
    Source.MEETING.value: _l("At a meeting"),
    Source.WORD.value: _l("In a document"),
}


class Enter(Form):
    """Whose it is, how it came, what it speaks of, and its words.

    `place`: a block's lineage, or "" for the whole text. Fields of other kinds are not read.
    """

    organisation = SelectField(_l("Organisation"))
    source = RadioField(
        _l("How it came"), choices=choices(SOURCES.items()), default=Source.MAIL.value
    )
    source_note = StringField(
        _l("Where it is found"),
        [InputRequired(_l("Say from whom it came and when, so that it can be found."))
         , Length(max=500)],
    )  # fmt: skip
    kind = RadioField(_l("What it is"), choices=choices((k.value, t) for k, t in KINDS.items()),
                      default=ContributionKind.COMMENT.value)  # fmt: skip
    category = SelectField(_l("Sort of comment"),
                           choices=choices((c.value, t) for c, t in CATEGORIES.items()),
                           default=Category.GENERAL.value)  # fmt: skip
    place = SelectField(_l("What it speaks of"))
    language = SelectField(_l("Language of the words"))
    text = TextAreaField(_l("Comment, or reason"), [Length(max=LONGEST_WORDS)])
    proposal_kind = SelectField(
        _l("For an amendment: what it does"),
        choices=choices((p.value, t) for p, t in PROPOSALS.items()),
        default=ProposalKind.REPLACE.value,
    )
    proposal = TextAreaField(
        _l("For an amendment: the whole proposed text"), [Length(max=LONGEST_TEXT)]
    )
    stance = SelectField(
        _l("For a position: which"),
        choices=choices([("", "–"), *((s.value, word[0]) for s, word in STANCES.items())]),
        default="",
    )

    def chosen_stance(self) -> Stance | None:
        """The position, if one is chosen."""
        return Stance(self.stance.data) if self.stance.data else None
