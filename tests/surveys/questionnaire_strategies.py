"""Random questionnaires for property tests: every kind, groups, repeats, lists, expressions."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid5

from hypothesis import strategies as st

from surveys.definition import (
    Choice,
    Directory,
    Group,
    Media,
    Question,
    QuestionKind,
    Questionnaire,
    Range,
    Section,
)
from surveys.xlsform.context import NAMESPACE

K = QuestionKind
CODE = "drawn"
LISTS = {
    "colours": ["red", "blue", "other", "none"],
    "answers": ["yes", "no"],
    "steps": ["1", "2", "3", "dont_know"],
}
KINDS = [kind for kind in K if kind is not K.REPEAT]
WORDS = st.sampled_from(
    [
        "Why?",
        "=1+1",
        "« Oui\u00a0! »",
        "a\nb",
        "نعم",
        "1.0",
        "-",
        "L’eau “pure”",
        "{{x}} <b>",
        "TRUE",
    ]
)
LANGUAGES = st.sampled_from(
    [("en",), ("fr",), ("en", "ar"), ("es", "fr", "zh"), ("x-coast-dialect", "en")]
)
NAMES = {"en": "English (en)", "ar": "العربية", "fr": "French", "x-coast-dialect": "Coast dialect"}
TREES = st.sampled_from(
    [
        {"op": "=", "args": [{"value": "it's"}, {"value": 'a "b"'}]},
        {"op": ">", "args": [{"op": "+", "args": [{"value": 1}, {"value": 2.5}]}, {"value": 0}]},
        {"op": "not", "args": [{"op": "selected", "args": [{"value": "a"}, {"value": "b"}]}]},
    ]
)
_OF_LIST = {K.YES_NO: "answers", K.RATING: "steps", K.MATRIX: "steps"}


class Drawn:
    """One questionnaire being drawn: its codes so far, and what its texts are in."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.languages = draw(LANGUAGES)
        self._spoken = st.sets(st.sampled_from(self.languages), min_size=1)
        self.codes = iter(f"q{number}" for number in range(1_000))
        self.asked: list[str] = []

    def some(self, strategy: st.SearchStrategy[Any], otherwise: Any) -> Any:
        """A value, or the other one just as often."""
        return self.draw(strategy) if self.draw(st.booleans()) else otherwise

    def texts(self) -> dict[str, str]:
        """A text in some of the languages, in one at least."""
        return {language: self.draw(WORDS) for language in sorted(self.draw(self._spoken))}

    def tree(self) -> Any:
        """An expression that may speak of what was asked before."""
        tree = self.draw(TREES)
        if not self.asked or self.draw(st.booleans()):
            return tree
        reference = {"ref": self.draw(st.sampled_from(self.asked))}
        return {"op": "and", "args": [tree, {"op": "=", "args": [reference, {"value": 3}]}]}

    def choices(self, name: str) -> tuple[Choice, ...]:
        """A list's choices, with texts of their own."""
        return tuple(
            Choice(
                code=code,
                texts=self.texts(),
                asks_text=self.some(st.booleans(), None),
                alone=self.some(st.booleans(), None),
                columns=self.draw(st.sampled_from([{}, {"region": "north", "Größe": "1.0"}])),
            )
            for code in LISTS[name]
        )

    def fields(self, kind: QuestionKind, lists: dict[str, tuple[Choice, ...]]) -> dict[str, Any]:
        """What questions of this kind have besides what all have."""
        named = _OF_LIST.get(kind) or self.draw(st.sampled_from(list(LISTS)))
        own = self.draw(st.booleans())
        listed = {"list": "" if own else named, "choices": lists[named]}
        items = tuple(Choice(code=f"row{n}", texts=self.texts()) for n in range(2))
        rotate = {"rotate": self.draw(st.booleans())}
        filtered = {"choice_filter": self.some(st.just({"op": "=", "args": [
            {"column": "region"}, {"value": "north"}]}), None)}  # fmt: skip
        source = {"source": self.some(st.sampled_from(Directory), None)}
        return {
            K.CHOOSE_ONE: {**listed, **rotate, **filtered, **source},
            K.CHOOSE_MANY: {**listed, **rotate, **filtered, **source},
            K.RATING: listed,
            K.YES_NO: listed,
            K.MATRIX: {**listed, **rotate, "items": items},
            K.POINTS: {**rotate, "items": items, "total": self.draw(st.sampled_from([10, 100]))},
            K.RANKING: {**listed, **rotate, "top": self.draw(st.integers(1, len(LISTS[named]))),
                        "ties": self.draw(st.booleans())},
            K.FILE: {"media": self.draw(st.sampled_from(Media)),
                     "max_bytes": self.some(st.integers(1, 10**7), None)},
            K.MONEY: {"currencies": self.draw(st.sampled_from([(), ("CHF", "EUR")]))},
            K.CALCULATED: {"calculation": self.tree()},
            K.INTEGER: {"range": self.some(st.just(Range(start=0, end=10, step=2)), None)},
            K.DECIMAL: {"range": self.some(st.sampled_from(
                [Range(start=0, end=1, step=0.25), Range(start=-5, end=5, step=1)]), None)},
        }.get(kind, {})  # fmt: skip

    def question(self, kind: QuestionKind, group: str, lists: Any) -> Question:
        """A question of this kind."""
        code = next(self.codes)
        asks = kind not in {K.NOTE, K.CALCULATED}
        grid = kind in {K.MATRIX, K.POINTS, K.REPEAT}
        fields: dict[str, Any] = {
            "hints": self.some(st.just(self.texts()), {}),
            "guidance": self.some(st.just(self.texts()), {}),
            "relevant": self.tree() if self.draw(st.booleans()) else None,
        }
        if asks:
            fields["required"] = self.draw(st.booleans())
            if not fields["required"]:
                fields["required_if"] = self.some(st.just(self.tree()), None)
        if asks and not grid:
            fields["constraint"] = self.some(
                st.just({"op": "!=", "args": [{"this": True}, {"value": "x"}]}), None
            )
            fields["constraint_texts"] = self.texts()
            fields["warning"] = self.some(st.just(self.tree()), None)
            fields["read_only"] = self.draw(st.booleans())
            if kind is not K.FILE:
                fields["default"] = self.some(
                    st.sampled_from(
                        [{"value": "1"}, {"value": "a - b (c)"}, {"op": "today", "args": []}]
                    ),
                    None,
                )
        fields |= {"appearance": self.draw(st.sampled_from([(), ("minimal", "columns-2")]))}
        drawn = Question(
            uid=uuid5(NAMESPACE, f"{CODE}/{code}"), code=code, kind=kind, texts=self.texts(),
            group=group, **{**fields, **self.fields(kind, lists)},
        )  # fmt: skip
        if asks and not grid and kind is not K.FILE:
            self.asked.append(code)
        return drawn

    def questions(self, groups: tuple[Group, ...], lists: Any, *, deep: bool) -> Iterator[Question]:
        """Questions in and outside the groups, in their order; some repeat others."""
        for group in ("", *(group.code for group in groups)):
            for kind in self.draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2)):
                yield self.question(kind, group, lists)
        if deep and self.draw(st.booleans()):
            repeat = self.question(K.REPEAT, "", lists)
            inner = self.groups(f"in_{repeat.code}")
            yield repeat.model_copy(
                update={
                    "times": self.some(st.just(self.tree()), None),
                    "groups": inner,
                    "questions": tuple(self.questions(inner, lists, deep=False)),
                }
            )

    def groups(self, name: str) -> tuple[Group, ...]:
        """Up to two groups, the second inside the first."""
        count = self.draw(st.integers(0, 2))
        return tuple(
            Group(
                code=f"{name}_{n}",
                texts=self.some(st.just(self.texts()), {}),
                group=f"{name}_{n - 1}" if n else "",
                relevant=self.tree() if self.draw(st.booleans()) else None,
                appearance=("field-list",) if n else (),
            )
            for n in range(count)
        )

    def section(self, number: int, lists: Any) -> Section:
        """A section with groups."""
        groups = self.groups(f"g{number}")
        return Section(
            code=f"s{number}",
            texts=self.texts(),
            hints=self.some(st.just(self.texts()), {}),
            relevant=self.tree() if number and self.draw(st.booleans()) else None,
            groups=groups,
            questions=tuple(self.questions(groups, lists, deep=True)),
        )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire as reading a form makes them: codes unique, loose sections named so."""
    drawn = Drawn(draw)
    lists = {name: drawn.choices(name) for name in LISTS}
    title = {language: draw(WORDS) for language in drawn.languages}
    sections = [drawn.section(number, lists) for number in range(draw(st.integers(1, 2)))]
    if draw(st.booleans()):
        loose = tuple(drawn.questions((), lists, deep=True))
        sections.append(Section(code="questions", texts=title, loose=True, questions=loose))
    names = {tag: NAMES[tag] for tag in drawn.languages if tag in NAMES and tag != "fr"}
    return Questionnaire(
        code=CODE,
        texts=title,
        languages=drawn.languages,
        language_names=names,
        introduction=tuple(drawn.texts() for _ in range(draw(st.integers(0, 2)))),
        lists=lists,
        sections=tuple(sections),
        form=draw(st.sampled_from([{}, {"version": "3", "form_id": "other"}])),
    )
