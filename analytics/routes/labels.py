"""The words and figures of charts in the language of the page."""

from collections.abc import Mapping, Sequence

from babel.lists import format_list
from flask_babel import format_decimal, get_locale

from analytics.charts.labels import Labels, Unit
from analytics.routes.words import say as _
from analytics.table import ALL
from core.i18n import current_language, format_share, is_right_to_left

FINE = 100
"""From here on a mean's decimals say nothing."""


def labels_for(language: str, regions: Mapping[str, str], *, submitted: int) -> Labels:
    """Labels for questions in `language` on a page of the current one.

    `submitted`: how many took part, of whom a question's answers are a part.
    """
    return Labels(
        language=language,
        figure=figure_text,
        of=of,
        base=lambda n, size: question_base(n, submitted, size),
        joined=joined,
        withheld=_("Withheld: too few answers"),
        nobody=_("No answers"),
        names={**regions, **_names()},
        headings=_headings(),
        right_to_left=is_right_to_left(current_language()),
    )


def participation_labels(language: str, regions: Mapping[str, str], first: str) -> Labels:
    """Labels for who takes part. `first`: the heading of the first column."""
    return Labels(
        language=language,
        figure=figure_text,
        of=of,
        base=lambda n, size: took_part(n or 0, size),
        joined=joined,
        withheld="",
        nobody=_("No members"),
        names={**regions, **_names()},
        headings={
            "label": first,
            "figure": _("Share"),
            "n": _("Answered"),
            "base": _("Members"),
            "state": _("State"),
        },
        right_to_left=is_right_to_left(current_language()),
    )


def figure_text(value: float, unit: Unit) -> str:
    """A figure with its unit: 27%, 4.2, 18."""
    if unit is Unit.PERCENT:
        return format_share(value)
    whole = unit is Unit.COUNT or abs(value) >= FINE
    return str(format_decimal(value, "#,##0" if whole else "#,##0.0"))


def count(number: int) -> str:
    """A whole number in the page's language."""
    return str(format_decimal(number))


def of(part: int, whole: int) -> str:
    """The part and the whole: 18 of 54."""
    return _("%(n)s of %(size)s", n=count(part), size=count(whole))


def joined(names: Sequence[str]) -> str:
    """Names as one: "A and B"."""
    return str(format_list(list(names), locale=get_locale()))


def took_part(n: int, size: int) -> str:
    """How many took part: 51 of 192 National Societies answered (27%)."""
    return _(
        "%(n)s of %(size)s National Societies answered (%(share)s).",
        n=count(n),
        size=count(size),
        share=format_share(n / size if size else 0),
    )


def question_base(n: int | None, submitted: int, size: int) -> str:
    """How many answered a question, of how many that took part, of how many in all."""
    if n is None:
        return took_part(submitted, size)
    sentence = _(
        "%(n)s of the %(submitted)s that took part answered this question.",
        n=count(n),
        submitted=count(submitted),
    )
    return f"{sentence} {took_part(submitted, size)}"


def _names() -> dict[str, str]:
    return {
        ALL: _("All together"),
        "yes": _("Yes"),
        "no": _("No"),
        "submitted": _("Answered"),
        "in_progress": _("In progress"),
        "invited": _("Invited"),
        "silent": _("No answer"),
        "not_invited": _("Not invited"),
    }


def _headings() -> dict[str, str]:
    return {
        "label": _("Answer"),
        "figure": _("Figure"),
        "n": _("Count"),
        "base": _("Of"),
        "state": _("State"),
    }
