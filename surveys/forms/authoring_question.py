"""The form of one question, made for its kind and the questionnaire's languages.

Which fields a kind has stands in `surveys.forms.authoring_kinds`. It refuses to know how a draft
is changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from core.forms import Form
from movement.forms.choices import choices
from surveys.definition import UNASKED, Question, QuestionKind, Questionnaire, Texts
from surveys.editing.beginnings import begun
from surveys.editing.codes import USABLE
from surveys.editing.comparing import COMPARABLE
from surveys.editing.parts import taken_codes
from surveys.forms.authoring_conditions import ConditionField
from surveys.forms.authoring_kinds import kept_of, particular_fields, particulars
from surveys.forms.authoring_pressing import press
from surveys.forms.authoring_texts import texts_data, texts_fields, texts_of
from surveys.queries.authoring import Frozen

K = QuestionKind
NEVER, ALWAYS, SOMETIMES = "no", "yes", "if"
TEXTS = ("texts", "hints", "guidance", "required_texts", "constraint_texts", "warning_texts")


class QuestionForm(Form):
    """The base of every question's form; `question_form` makes one."""

    class Meta:
        """The token is checked for every request by the application."""

        csrf = False

    seen = HiddenField()
    document: Questionnaire
    before: Question
    asked: Question
    frozen: Frozen | None

    @property
    def languages(self) -> tuple[str, ...]:
        """The questionnaire's, the source first."""
        return self.document.languages

    @property
    def made_for(self) -> QuestionKind:
        """The kind the form is made for."""
        return self.asked.kind

    def act(self, do: str) -> None:
        """A button that changes what the page shows and saves nothing: FIELD:ACTION:PLACE."""
        if do == "insert":
            self._insert()
        press(self, do)

    def _insert(self) -> None:
        """Put the chosen former answer at the end of the question's text."""
        code = self["insert"].data or ""
        text = self[f"texts__{self.languages[0]}"]
        if code in self.document.anywhere:
            text.data = f"{text.data or ''} ${{{code}}}".strip()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all of it can be saved."""
        fine = super().validate(extra_validators)
        code = self["code"]
        if code.data != self.before.code and code.data in taken_codes(self.document):
            code.errors = [*code.errors, _l("Another question or section has this code.")]
            fine = False
        if self._has("required_if") and self["required"].data == SOMETIMES:
            condition = self["required_if"]
            if fine and condition.tree is None:
                condition.errors = [_l("Say when the question must be answered.")]
                fine = False
        return bool(fine)

    def _has(self, name: str) -> bool:
        return name in self

    def question(self) -> Question:
        """The question as it was typed, once valid. What the form doesn't show stays as it was."""
        changed: dict[str, Any] = {"kind": self.made_for, "code": self["code"].data}
        for name, before in _texts_of_question(self.asked):
            if self._has(f"{name}__{self.languages[0]}"):
                changed[name] = texts_of(self, name, self.languages, before)
        for name in ("relevant", "constraint", "warning"):
            if self._has(name):
                changed[name] = self[name].tree
        if self._has("required"):
            need = self["required"].data
            changed["required"] = need == ALWAYS
            changed["required_if"] = self["required_if"].tree if need == SOMETIMES else None
        return self.asked.model_copy(update={**changed, **particulars(self, self.asked)})

    @property
    def recoded(self) -> dict[str, str]:
        """New codes of choices, by their former ones."""
        return self["choices"].recoded if self._has("choices") else {}


def question_form(
    document: Questionnaire,
    question: Question,
    *,
    frozen: Frozen | None,
    seen: str,
    formdata: MultiDict[str, str] | None,
) -> QuestionForm:
    """The question's form: filled with what was sent, else with what the draft holds."""
    asked = _of_kind(document, question, frozen, formdata)
    fields: dict[str, Field] = {**_naming(document, asked, frozen)}
    fields.update(_logic(document, asked))
    fields.update(particular_fields(document, asked, frozen))
    made: type[QuestionForm] = type("OneQuestionForm", (QuestionForm,), fields)
    form = made(formdata=formdata, data={"seen": seen, **_data(asked)})
    form.document, form.before, form.asked, form.frozen = document, question, asked, frozen
    return form


def _of_kind(
    document: Questionnaire,
    question: Question,
    frozen: Frozen | None,
    formdata: MultiDict[str, str] | None,
) -> Question:
    """The question, of the kind just chosen for it, with what such a kind begins with."""
    wished = formdata.get("kind", "") if formdata is not None else ""
    if not wished or frozen is not None or wished == question.kind or wished not in set(K):
        return question
    changed = question.model_copy(update={**kept_of(question, K(wished)), "kind": K(wished)})
    return changed if changed.choices or changed.items else begun(changed, document.languages)


def _naming(document: Questionnaire, asked: Question, frozen: Frozen | None) -> dict[str, Field]:
    readonly = {"readonly": True} if frozen is not None else {}
    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Write a code.")),
            Length(max=60, message=_l("Write at most %(max)d characters.")),
            Regexp(
                f"(?:{USABLE.pattern})$",
                message=_l("Use Latin letters, digits, _, - and ., beginning with a letter."),
            ),
        ],
        filters=[lambda text: (text or "").strip() if frozen is None else asked.code],
        render_kw={"spellcheck": "false", "autocomplete": "off", "dir": "ltr", **readonly},
    )
    kinds = [(kind.value, kind.value) for kind in K]
    return {
        **texts_fields("texts", _l("Question"), document.languages),
        **texts_fields("hints", _l("Hint"), document.languages, rows=1),
        **texts_fields("guidance", _l("Guidance"), document.languages, rows=1),
        "insert": StringField(_l("Insert a former answer")),
        "kind": SelectField(_l("Kind"), choices=choices(kinds), default=asked.kind.value),
        "code": code,
    }


def _logic(document: Questionnaire, asked: Question) -> dict[str, Field]:
    known = document.anywhere
    earlier = earlier_questions(document, asked)
    fields: dict[str, Field] = {
        "relevant": ConditionField(_l("Shown if"), questions=earlier, known=known)
    }
    if asked.kind in UNASKED:
        return fields
    needs = [(NEVER, _l("No")), (ALWAYS, _l("Yes, always")), (SOMETIMES, _l("Only if …"))]
    if asked.kind is not K.REPEAT:
        fields["required"] = RadioField(_l("Must be answered"), choices=choices(needs))
        fields["required_if"] = ConditionField(
            _l("Must be answered if"), questions=earlier, known=known
        )
        missing = _l("Message if it is missing")
        fields.update(texts_fields("required_texts", missing, document.languages, rows=1))
    own = asked if asked.kind in COMPARABLE else None
    languages = document.languages
    for name, label, message in (
        ("constraint", _l("The answer must meet"), _l("Message if it doesn't")),
        ("warning", _l("Ask back unless"), _l("Question that asks whether it is meant")),
    ):
        fields[name] = ConditionField(label, questions=earlier, known=known, own=own)
        fields.update(texts_fields(f"{name}_texts", message, languages, rows=1))
    return fields


def earlier_questions(document: Questionnaire, asked: Question) -> dict[str, Question]:
    """The questions a condition of this one can look at: asked before it, in the same place."""
    inside = document.repeats_of.get(asked.code, ())
    found = {}
    for code, question in document.anywhere.items():
        if code == asked.code or question.uid == asked.uid:
            break
        repeats = document.repeats_of[code]
        if question.kind in COMPARABLE and repeats == inside[: len(repeats)]:
            found[code] = question
    return found


def _texts_of_question(question: Question) -> Iterator[tuple[str, Texts]]:
    for name in TEXTS:
        yield name, getattr(question, name)


def _data(asked: Question) -> Mapping[str, Any]:
    found: dict[str, Any] = {name: getattr(asked, name) for name in type(asked).model_fields}
    for name, texts in _texts_of_question(asked):
        found.update(texts_data(name, texts))
    need = ALWAYS if asked.required else NEVER
    found["required"] = SOMETIMES if asked.required_if is not None else need
    found["kind"] = asked.kind.value
    shown = asked.appearance
    found["look"] = next((a for a in shown if a in ("minimal", "likert", "columns")), "")
    found["currencies"] = " ".join(asked.currencies)
    found["source"] = asked.source.value if asked.source else ""
    found["media"] = asked.media.value if asked.media else "file"
    return found
