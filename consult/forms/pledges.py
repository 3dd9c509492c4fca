"""The forms of pledges: their shape; the rules stand in the services."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from consult.models import Pledge
from consult.pledge_states import WORDS, Progress, Stand
from consult.services.pledge_words import LONGEST_FUNCTION, LONGEST_TEXT, LONGEST_TITLE, Words
from consult.services.pledging import LONGEST_PROGRESS
from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices
from movement.forms.people import a_plain_line

LONGEST_CODES = 2_000


class _Texts(Form):
    """Fields title_CODE and text_CODE, made below: the first ones of the page."""


for _code in LANGUAGES:
    setattr(
        _Texts,
        f"title_{_code}",
        StringField(_l("Title"), [a_plain_line, Length(max=LONGEST_TITLE)]),
    )
    setattr(_Texts, f"text_{_code}", TextAreaField(_l("Pledge"), [Length(max=LONGEST_TEXT)]))


class EditPledge(_Texts):
    """A pledge's words."""

    edition = HiddenField(validators=[Length(max=9)], default="0")
    paragraphs = SelectMultipleField(_l("Paragraphs it is about"))
    focal_function = StringField(
        _l("Whom to ask, as a function"), [a_plain_line, Length(max=LONGEST_FUNCTION)]
    )
    from_date = DateField(_l("First day"), [InputRequired(_l("Choose a date."))])
    until_date = DateField(_l("Last day"), [Optional()])
    open_to_others = BooleanField(_l("Others may sign this pledge too"))

    def offer(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        """Set the paragraphs one can choose."""
        self.paragraphs.choices = choices(paragraphs)

    def show(self, pledge: Pledge) -> None:
        """Fill it with what a pledge says."""
        for code in LANGUAGES:
            self[f"title_{code}"].data = pledge.titles.get(code, "")
            self[f"text_{code}"].data = pledge.texts.get(code, "")
        self.edition.data = str(pledge.edition)
        self.paragraphs.data = list(pledge.lineages)
        self.focal_function.data = pledge.focal_function
        self.from_date.data, self.until_date.data = pledge.from_date, pledge.until_date
        self.open_to_others.data = pledge.open_to_others

    def words(self, language: str) -> Words:
        """What was typed. `language`: the one that must be there."""
        offered = {choice[0] for choice in self.paragraphs.iter_choices()}
        return Words(
            titles={code: self[f"title_{code}"].data or "" for code in LANGUAGES},
            texts={code: self[f"text_{code}"].data or "" for code in LANGUAGES},
            from_date=self.from_date.data,
            until_date=self.until_date.data,
            language=language,
            lineages=tuple(UUID(one) for one in self.paragraphs.data or [] if one in offered),
            focal_function=self.focal_function.data or "",
            open_to_others=bool(self.open_to_others.data),
        )

    def say(self, problems: Mapping[str, object], language: str) -> None:
        """Put what is wrong, by field of `Words`, beside the fields that have no problem yet."""
        fields = {
            "titles": self[f"title_{language}"],
            "texts": self[f"text_{language}"],
            "lineages": self.paragraphs,
        }
        for name, problem in problems.items():
            at = fields.get(name) or self[name]
            at.errors = list(at.errors) or [str(problem)]

    def pairs(self, first: str) -> list[tuple[str, Any, Any]]:
        """(language, field of the title, field of the text), this language first."""
        order = [first, *(code for code in LANGUAGES if code != first)]
        return [(code, self[f"title_{code}"], self[f"text_{code}"]) for code in order]


class Shown(Form):
    """The edition of the words that somebody read before they signed or published them."""

    edition = HiddenField()


class Invite(Form):
    """Whom to ask to sign, by code."""

    codes = StringField(
        _l("Codes of organisations"),
        [InputRequired(_l("Write codes, as in KEN, GHA.")), Length(max=LONGEST_CODES)],
    )

    def wanted(self) -> list[str]:
        """The codes written, each once."""
        typed = (self.codes.data or "").replace(",", " ").replace("،", " ").upper()
        return list(dict.fromkeys(typed.split()))


class ReportProgress(Form):
    """How a pledge is coming along."""

    status = RadioField(
        _l("How it stands"),
        [InputRequired(_l("Choose how it stands."))],
        choices=choices((one.value, WORDS[Stand(one.value)][0]) for one in Progress),
    )
    text = TextAreaField(
        _l("What was done"),
        [InputRequired(_l("Write what was done.")), Length(max=LONGEST_PROGRESS)],
    )


class NameParty(Form):
    """A State or partner that makes or signs a pledge. The choices are the page's."""

    party = SelectField(_l("State or partner"))
