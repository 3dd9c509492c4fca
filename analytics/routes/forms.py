"""In which forms a question's figures are drawn: one row per kind, one function per form."""

from collections.abc import Callable
from dataclasses import dataclass

from analytics.charts import build
from analytics.charts.chart import Chart
from analytics.routes.labels import count
from analytics.routes.view import View
from analytics.routes.words import say as _
from surveys.definition import Question, QuestionKind, text_in


@dataclass(frozen=True)
class Form:
    """One way of drawing. `title` and `reading`: what stands above, and how to read its figures."""

    code: str
    title: Callable[[], str]
    reading: Callable[[Question, View], str]
    chart: Callable[[Question, View], Chart]


def _ranked(question: Question, view: View) -> Chart:
    table = view.table(question, by_region=False)
    return build.ranked_bars(question, table, view.labels, weighted=view.weighted)


def _columns(question: Question, view: View) -> Chart:
    table = view.table(question, by_region=False)
    return build.columns(question, table, view.labels, weighted=view.weighted)


def _scale(question: Question, view: View) -> Chart:
    table = view.table(question, by_region=False)
    return build.stacked_scale(question, table, view.labels, weighted=view.weighted)


def _regions(question: Question, view: View, *, ranked: bool = True) -> Chart:
    table = view.table(question, by_region=False)
    by_region = view.table(question, by_region=True)
    return build.heat_map(
        question, table, by_region, view.labels, weighted=view.weighted, ranked=ranked
    )


def _regions_by_step(question: Question, view: View) -> Chart:
    return _regions(question, view, ranked=False)


def _means(question: Question, view: View) -> Chart:
    tables = [view.table(question, by_region=by_region) for by_region in (False, True)]
    return build.means(question, tables[0], tables[1], view.labels, weighted=view.weighted)


def _of_scale(question: Question, view: View) -> str:
    steps = [choice for choice in question.choices if isinstance(choice.value, int)]
    if not steps:
        return _("Share of those who answered.")
    low, high = steps[0], steps[-1]
    return _(
        "Mean from %(low)s (%(low_words)s) to %(high)s (%(high_words)s); other answers are left "
        "out.",
        low=low.code,
        low_words=text_in(low.texts, view.language),
        high=high.code,
        high_words=text_in(high.texts, view.language),
    )


def _of_top(question: Question, _view: View) -> str:
    top = count(question.top or len(question.choices))
    return _("Share that put it among the first %(top)s.", top=top)


def _of_points(question: Question, _view: View) -> str:
    if question.total is None:
        return _("Mean of the points given.")
    return _("Mean of %(total)s points to share out.", total=count(question.total))


def _of_shares(_question: Question, _view: View) -> str:
    return _("Share of those who answered.")


def _of_choices(_question: Question, _view: View) -> str:
    return _("Share of those who answered; several answers were possible.")


def _of_asked(_question: Question, _view: View) -> str:
    return _("Share of those who were asked.")


def _of_mean(_question: Question, _view: View) -> str:
    return _("Mean of the numbers given.")


_Reading = Callable[[Question, View], str]
_Drawing = Callable[[Question, View], Chart]


def _forms(reading: _Reading, first: _Drawing = _ranked, second: _Drawing = _regions) -> list[Form]:
    return [
        Form("all", lambda: _("All together"), reading, first),
        Form("regions", lambda: _("By region"), reading, second),
    ]


_MEANS = [Form("means", lambda: _("By region"), _of_mean, _means)]
_IN_TIME = _forms(_of_shares, _columns, _regions_by_step)
_FORMS: dict[QuestionKind, list[Form]] = {
    QuestionKind.MATRIX: [
        *_forms(_of_scale),
        Form("scale", lambda: _("How it was rated"), _of_shares, _scale),
    ],
    QuestionKind.RANKING: _forms(_of_top),
    QuestionKind.POINTS: _forms(_of_points),
    QuestionKind.CHOOSE_ONE: _forms(_of_shares),
    QuestionKind.CHOOSE_MANY: _forms(_of_choices),
    QuestionKind.YES_NO: _forms(_of_shares),
    QuestionKind.RATING: _forms(_of_shares, _columns, _regions_by_step),
    QuestionKind.INTEGER: _MEANS,
    QuestionKind.DECIMAL: _MEANS,
    QuestionKind.PERCENT: _MEANS,
    QuestionKind.ACKNOWLEDGE: _forms(_of_asked),
    QuestionKind.DATE: _IN_TIME,
    QuestionKind.MONTH: _IN_TIME,
    QuestionKind.DATE_TIME: _IN_TIME,
    QuestionKind.TIME: _IN_TIME,
}


def forms_of(question: Question) -> list[Form]:
    """The forms a question's figures are drawn in; none for kinds that are not drawn.

    Amounts are drawn currency by currency, of the currencies the question names.
    """
    return [
        *_FORMS.get(question.kind, ()),
        *(_in_currency(currency) for currency in question.currencies),
    ]


def _in_currency(currency: str) -> Form:
    def drawn(question: Question, view: View) -> Chart:
        tables = [view.table(question, by_region=by_region) for by_region in (False, True)]
        return build.means(
            question, tables[0], tables[1], view.labels, weighted=view.weighted, item=currency
        )

    def title() -> str:
        return _("By region, in %(currency)s", currency=currency)

    return Form(f"means-{currency.lower()}", title, _of_mean, drawn)
