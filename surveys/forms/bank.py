"""The forms of the questions bank: where an entry goes, and what of a draft becomes one."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from core.forms import Form
from movement.forms.choices import choices
from surveys.bank import Entry, EntryKind, Target
from surveys.bank.inserting import TAKES_SCALES
from surveys.definition import Questionnaire, text_in

SECTION, QUESTION = "section:", "question:"


class UseEntry(Form):
    """Where in a draft an entry goes."""

    place = SelectField(
        _l("Where it goes"), [InputRequired(_l("Choose a place."))], validate_choice=True
    )
    ends = SelectMultipleField(_l("Answers besides the scale"))

    def target(self) -> Target:
        """The chosen place."""
        place = self.place.data or ""
        if place.startswith(QUESTION):
            return Target(question=place.removeprefix(QUESTION), ends=self.ends.data or ())
        return Target(section=place.removeprefix(SECTION), ends=self.ends.data or ())


def use_form(entry: Entry, document: Questionnaire, spoken: str) -> UseEntry:
    """The form for this entry and draft; texts in the language spoken where there are any."""
    form = UseEntry()
    form.place.choices = choices(_places(entry, document, spoken))
    form.ends.choices = choices((end.code, text_in(end.texts, spoken)) for end in entry.ends)
    if not form.is_submitted():
        form.ends.data = [end.code for end in entry.ends if end.code == "dont_know"]
    return form


def _places(entry: Entry, document: Questionnaire, spoken: str) -> list[tuple[str, str]]:
    titles = [(s.code, text_in(s.texts, spoken) or s.code) for s in document.sections]
    if entry.kind is EntryKind.SECTION:
        behind = [
            (f"{SECTION}{code}", str(_l("Behind the section “%(title)s”", title=title)))
            for code, title in titles
        ]
        return [(SECTION, str(_l("At the end of the questionnaire"))), *behind]
    places = [
        (f"{SECTION}{code}", str(_l("A new question at the end of “%(title)s”", title=title)))
        for code, title in titles
    ]
    if entry.kind is EntryKind.SCALE:
        places += [
            (
                f"{QUESTION}{question.code}",
                str(_l("The question “%(text)s”", text=text_in(question.texts, spoken))),
            )
            for question in document.questions()
            if question.kind in TAKES_SCALES
        ]
    return places


class SaveEntry(Form):
    """What of a draft becomes an entry, and what it is called."""

    part = SelectField(_l("Section or question"), [InputRequired(_l("Choose a part."))])
    scale = BooleanField(_l("Only the scale of this question"))
    name = StringField(
        _l("Name in the bank"),
        [InputRequired(_l("Write a name.")), Length(max=200)],
        filters=[lambda name: (name or "").strip()],
    )

    def chosen(self) -> tuple[EntryKind, str]:
        """The kind, and the code of the question or section."""
        part = self.part.data or ""
        if part.startswith(SECTION):
            return EntryKind.SECTION, part.removeprefix(SECTION)
        kind = EntryKind.SCALE if self.scale.data else EntryKind.QUESTION
        return kind, part.removeprefix(QUESTION)


def save_form(document: Questionnaire, spoken: str) -> SaveEntry:
    """The form with a draft's sections and questions to choose from."""
    form = SaveEntry()
    form.part.choices = choices(
        pair
        for section in document.sections
        for pair in (
            (f"{SECTION}{section.code}", text_in(section.texts, spoken) or section.code),
            *(
                (f"{QUESTION}{q.code}", f"– {text_in(q.texts, spoken) or q.code}")
                for q in section.questions
            ),
        )
    )
    return form
