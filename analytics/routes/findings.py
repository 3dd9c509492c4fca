"""A chart of a survey as a finding: its sentence and table in every language of the interface.

Whoever may read a text reads what is cited to it. So a finding is taken as Co-Chairs see it,
however much the officer who cites it sees: no small region, no figure on a few answers.
"""

from dataclasses import replace

from flask_babel import force_locale

from analytics.routes import participation
from analytics.routes.figures import Drawn, find_drawn
from analytics.routes.sentences import headline
from analytics.routes.view import View, view_of
from analytics.services.citations import Finding
from core.i18n import LANGUAGES


def shared_view(code: str) -> View:
    """The wave as somebody sees it who holds no role: all regions, each answer counted the same."""
    view = view_of(code)
    return replace(view, actor=replace(view.actor, grants=()), weighted=False, chosen=())


def finding_of(code: str, chart: str) -> Finding:
    """A chart as a finding. Raises `NotFound` for no such wave or chart.

    Where nothing may be shown, the sentences and rows are empty.
    """
    titles: dict[str, str] = {}
    sentences: dict[str, str] = {}
    headings: dict[str, list[str]] = {}
    rows: dict[str, list[list[str]]] = {}
    for language in LANGUAGES:
        with force_locale(language):
            view = shared_view(code)
            drawn = find_drawn(chart, view, participation.drawn)
            titles[language] = drawn.chart.title
            if not drawn.chart.is_empty:
                sentences[language] = _sentence(view, drawn)
                headings[language] = list(drawn.table.headings)
                rows[language] = [[cell.text for cell in row] for row in drawn.table.rows]
    return Finding(
        wave_code=view.wave.call.code, question=drawn.code, titles=titles, sentences=sentences,
        figures={"headings": headings, "rows": rows} if rows else {},
        n=_answered(view, drawn), size=view.wave.frame.total,
    )  # fmt: skip


def _sentence(view: View, drawn: Drawn) -> str:
    """The headline, where the chart's question has one, and how many answered of how many."""
    question = view.questionnaire.by_code.get(drawn.chart.code)
    told = headline(question, view.table(question, by_region=False), view) if question else ""
    return " ".join(part for part in (told, drawn.chart.subtitle) if part)


def _answered(view: View, drawn: Drawn) -> int | None:
    question = view.questionnaire.by_code.get(drawn.chart.code)
    return view.table(question, by_region=False).n if question else view.wave.n
