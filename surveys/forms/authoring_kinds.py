"""What the form of a question holds besides what all kinds have: one table of fields by kind."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional, Regexp

from movement.forms.choices import choices
from surveys.definition import Directory, Media, Question, QuestionKind, Questionnaire
from surveys.editing.beginnings import CHOOSING, ITEMISED, SCALES
from surveys.forms.authoring_choices import ChoicesField
from surveys.forms.authoring_conditions import ExpressionField
from surveys.forms.authoring_numbers import MegabytesField, RangeField
from surveys.queries.authoring import Frozen

K = QuestionKind
LOOKS = ("minimal", "likert", "columns")
MOST_POINTS = 10_000
MOST_RANKED = 50
FILTERED = frozenset({K.CHOOSE_ONE, K.CHOOSE_MANY, K.RANKING})
FILLED = frozenset(
    {K.SHORT_TEXT, K.LONG_TEXT, K.INTEGER, K.DECIMAL, K.PERCENT, K.DATE, K.CHOOSE_ONE, K.YES_NO}
)
"""Kinds that can have something filled in at the start."""


class DefaultField(ExpressionField):
    """What an answer begins with: a text as it is, or an expression, which uses ${…} or calls."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed, else the default there is."""
        super().process(formdata, data, extra_filters)
        plain = data.get("value") if isinstance(data, dict) else None
        if (formdata is None or self.name not in formdata) and isinstance(plain, str):
            self.text = plain

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read it; only an expression can be wrong."""
        if "${" in self.text or self.text.endswith(")"):
            return super().validate(form, extra_validators)
        self.tree = {"value": self.text} if self.text else None
        return True


def particular_fields(
    document: Questionnaire, asked: Question, frozen: Frozen | None
) -> dict[str, Field]:
    """The fields of the question's kind, in the order of the page."""
    kind, languages = asked.kind, document.languages
    fields: dict[str, Field] = {}
    if kind in ITEMISED:
        items = frozen.items if frozen else ()
        fields["items"] = ChoicesField(_l("Rows"), languages=languages, frozen=items, plain=True)
    if kind in CHOOSING:
        fields["choices"] = ChoicesField(
            _l("Steps of the scale") if kind in SCALES else _l("Choices"),
            languages=languages,
            frozen=frozen.choices if frozen else (),
            numbered=kind in SCALES,
            plain=kind not in {K.CHOOSE_ONE, K.CHOOSE_MANY},
        )
    for kinds, name, make in _TABLE:
        if kind in kinds:
            fields[name] = make()
    return fields


def _count(label: Any, most: int) -> IntegerField:
    sentence = _l("Write a whole number from %(min)d to %(max)d.")
    return IntegerField(label, [Optional(), NumberRange(1, most, message=sentence)])


_TABLE: tuple[tuple[frozenset[QuestionKind], str, Callable[[], Field]], ...] = (
    (frozenset({K.RANKING}), "top", lambda: _count(_l("How many to rank"), MOST_RANKED)),
    (frozenset({K.RANKING}), "ties", lambda: BooleanField(_l("Two may share a place"))),
    (frozenset({K.POINTS}), "total", lambda: _count(_l("Points to share out"), MOST_POINTS)),
    (
        frozenset({K.CHOOSE_ONE, K.CHOOSE_MANY}),
        "source",
        lambda: SelectField(
            _l("Choices from the directory"),
            choices=choices([
                ("", _l("No, those written here")),
                (Directory.COUNTRIES, _l("All countries")),
                (Directory.NATIONAL_SOCIETIES, _l("All National Societies")),
                (Directory.NETWORKS, _l("All networks and groups")),
            ]),
        ),
    ),
    (
        frozenset({K.CHOOSE_ONE, K.CHOOSE_MANY}),
        "look",
        lambda: SelectField(
            _l("How it looks"),
            choices=choices([
                ("", _l("A list, one below the other")),
                ("minimal", _l("A box that unfolds")),
                ("likert", _l("A scale, side by side")),
                ("columns", _l("In columns")),
            ]),
        ),
    ),
    (
        frozenset({K.CHOOSE_ONE, K.CHOOSE_MANY, K.RANKING, K.MATRIX, K.POINTS}),
        "rotate",
        lambda: BooleanField(_l("Each organisation sees them in an order of its own")),
    ),
    (
        frozenset({K.MONEY}),
        "currencies",
        lambda: StringField(
            _l("Currencies"),
            [Optional(), Regexp(r"[A-Za-z]{3}([ ,]+[A-Za-z]{3})*\s*$",
                                message=_l("Write codes of three letters, such as CHF KES."))],
        ),
    ),
    (
        frozenset({K.FILE}),
        "media",
        lambda: SelectField(
            _l("Kind of file"),
            choices=choices([
                (Media.FILE, _l("Any document")),
                (Media.IMAGE, _l("Picture")),
                (Media.AUDIO, _l("Sound")),
                (Media.VIDEO, _l("Film")),
            ]),
        ),
    ),
    (frozenset({K.FILE}), "max_bytes", lambda: MegabytesField(_l("Largest file, in megabytes"))),
    (frozenset({K.INTEGER}), "range", lambda: RangeField(_l("Slider"), whole=True)),
    (frozenset({K.DECIMAL}), "range", lambda: RangeField(_l("Slider"), whole=False)),
    (frozenset({K.CALCULATED}), "calculation", lambda: ExpressionField(_l("Calculation"))),
    (FILLED, "default", lambda: DefaultField(_l("Filled in at the start"))),
    (FILLED, "read_only", lambda: BooleanField(_l("Respondents can't change it"))),
    (
        FILTERED,
        "choice_filter",
        lambda: ExpressionField(_l("Offer only choices for which"), columns=True),
    ),
    (frozenset({K.REPEAT}), "times", lambda: ExpressionField(_l("How often it is asked"))),
)  # fmt: skip


def particulars(form: Form, asked: Question) -> Mapping[str, Any]:
    """What was typed into the fields of the kind, as fields of a question."""
    return {
        name: value
        for field in form
        if (reads := _READ.get(field.short_name)) is not None
        for name, value in reads(field, asked).items()
    }


def _meant(name: str, attribute: str) -> Callable[[Any, Question], dict[str, Any]]:
    return lambda field, _asked: {name: getattr(field, attribute)}


def _currencies(field: Any, _asked: Question) -> dict[str, Any]:
    codes = (field.data or "").upper().replace(",", " ").split()
    return {"currencies": tuple(dict.fromkeys(codes))}


def _look(field: Any, asked: Question) -> dict[str, Any]:
    others = tuple(look for look in asked.appearance if look not in LOOKS)
    return {"appearance": (*((field.data,) if field.data else ()), *others)}


_READ: dict[str, Callable[[Any, Question], dict[str, Any]]] = {
    **{name: _meant(name, "choices") for name in ("items", "choices")},
    **{name: _meant(name, "tree") for name in ("calculation", "default", "choice_filter", "times")},
    **{name: _meant(name, "data") for name in ("top", "ties", "total", "rotate", "read_only")},
    "currencies": _currencies,
    "max_bytes": _meant("max_bytes", "bytes"),
    "range": _meant("range", "span"),
    "look": _look,
    "source": lambda field, _asked: {"source": Directory(field.data) if field.data else None},
    "media": lambda field, _asked: {"media": Media(field.data)},
}
"""How each field is read, by its name."""


def kept_of(question: Question, kind: QuestionKind) -> Mapping[str, Any]:
    """What a question of another kind can't keep: emptied."""
    empty: dict[str, Any] = {"appearance": (), "range": None, "constraint": None, "warning": None}
    if kind not in CHOOSING or (kind in SCALES) != (question.kind in SCALES):
        empty |= {"choices": (), "list": "", "choice_filter": None, "source": None}
    if kind not in ITEMISED:
        empty["items"] = ()
    if kind is not K.RANKING:
        empty |= {"top": None, "ties": False}
    if kind is not K.POINTS:
        empty["total"] = None
    if kind is not K.CALCULATED:
        empty["calculation"] = None
    if kind is not K.FILE:
        empty |= {"media": None, "max_bytes": None}
    if kind not in FILLED:
        empty |= {"default": None, "read_only": False}
    if kind is not K.REPEAT:
        empty |= {"questions": (), "groups": (), "times": None}
    if kind in {K.NOTE, K.CALCULATED, K.REPEAT}:
        empty |= {"required": False, "required_if": None, "required_texts": {}}
    return empty
