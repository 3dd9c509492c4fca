"""Trees at random, for property tests: any operator with arguments of any type."""

from hypothesis import strategies as st

from surveys.conditions import OPERATORS, Operator
from tests.surveys.questionnaire_builder import Tree, op, ref, value

CODES = ("a", "b", "many", "none", "open")
UNPREDICTABLE = frozenset({"uuid", "random"})
INEXACT = frozenset({"exp", "log", "log10", "pow", "sin", "cos", "tan", "asin", "acos", "atan",
                     "atan2", "exp10"})  # fmt: skip
"""Functions whose last digit a standard leaves open: two libraries may differ in it."""
SPECIAL = frozenset({"position", "indexed_repeat", "choice_name", "regex"})
PATTERNS = ("^[a-z]+$", r"\d", "b|c", r"^\w{2,3}", "[^ ]", r"\s", "a.c", "^$", r"[\w-]é")
FORMATS = ("%Y-%m-%d", "%e.%n.%y %a %b", "%H:%M:%S.%3 %h", "%%", "at %Y", "%q")
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "x", "x y", "yes", "4", "-0.5", ".5", "1e3", "2020-02-29", "2020-2-30",
         "2019-12-31T23:59:59.999Z", "2020-01-01T08:30:00.000+05:30", "12:30", "true", "a😀b"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6),
)  # fmt: skip
NUMBERS = st.one_of(
    st.sampled_from([0, 1, 2, -1, 0.5, -0.5, 1.005, 2.5, 18321, 1e15, 1e21, 1e-7, 1e300]),
    st.integers(-1000, 1000),
    st.floats(allow_nan=False, allow_infinity=False),
)
LEAVES = st.one_of(
    st.sampled_from(CODES).map(ref),
    TEXTS.map(value),
    NUMBERS.map(value),
    st.just({"this": True}),
)
SCOPES = st.fixed_dictionaries(
    {
        "now": st.sampled_from(
            ["2026-03-15T10:30:00.000+00:00", "2024-02-29T23:30:00.500+03:00",
             "2025-12-31T00:00:00.000-09:30"]
        ),
        "values": st.fixed_dictionaries(
            {
                "a": TEXTS,
                "b": TEXTS,
                "many": st.lists(TEXTS, max_size=3),
                "none": st.just([]),
                "open": st.none(),
            }
        ),
        "this": TEXTS,
        "positions": st.just([2, 3]),
        "choice_names": st.just({code: {"x": "Extra"} for code in CODES}),
        "lists": st.just({"crops": [{"name": "x", "label": "4"}, {"name": "y"}]}),
    }
)  # fmt: skip


def trees(*, exact: bool = False, most: int = 12) -> st.SearchStrategy[Tree]:
    """Any tree; with `exact` only of operators whose every digit is settled."""
    left_out = UNPREDICTABLE | SPECIAL | (INEXACT if exact else frozenset())
    usual = [operator for operator in OPERATORS.values() if operator.name not in left_out]

    def larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        return st.one_of(st.sampled_from(usual).flatmap(lambda o: _of(o, inner)), _special(inner))

    return st.recursive(LEAVES, larger, max_leaves=most)


def _of(operator: Operator, inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    most = operator.least + 2 * operator.step if operator.most is None else operator.most
    counts = [count for count in range(operator.least, most + 1) if operator.allows(count)]
    arguments = st.sampled_from(counts).flatmap(lambda n: st.lists(inner, min_size=n, max_size=n))
    if operator.name in {"format_date", "format_date_time"}:
        formats = st.sampled_from(FORMATS).map(value)
        return st.builds(lambda date, written: op(operator.name, date, written), inner, formats)
    return arguments.map(lambda parts: op(operator.name, *parts))


def _special(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Operators some of whose arguments are not expressions."""
    questions = st.sampled_from(CODES).map(ref)
    columns = st.sampled_from(["name", "label"]).map(lambda name: {"column": name})
    wheres: st.SearchStrategy[Tree] = st.builds(
        op, st.sampled_from(["=", "!="]), columns, inner
    )  # fmt: skip
    return st.one_of(
        st.builds(lambda text, sought: op("regex", text, value(sought)), inner,
                  st.sampled_from(PATTERNS)),
        st.integers(1, 2).map(lambda levels: op("position", {"up": levels})),
        st.just(op("position")),
        st.builds(lambda code, place: op("indexed_repeat", code, ref("r"), place), questions,
                  inner),
        st.builds(lambda code, text: op("choice_name", text, code), questions, inner),
        wheres.map(lambda where: {"lookup": "crops", "where": where, "take": "label"}),
    )  # fmt: skip
