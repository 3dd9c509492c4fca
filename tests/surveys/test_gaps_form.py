"""Publishing with gaps: a decision for each language, told in figures."""

from uuid import UUID

import pytest
from flask import Flask, get_template_attribute

from surveys.forms.translating import Gaps, gaps_form
from surveys.languages import gaps
from surveys.models import Survey
from tests.surveys.translating import small

FOUND = gaps(small(languages=("en", "fr", "zh-Hant")))


def sent(app: Flask, **fields: str) -> tuple[Gaps, bool]:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(method="POST", data=fields):
        form = gaps_form(FOUND)
        return form, form.validate_on_submit()


def test_each_language_with_gaps_must_be_decided(app: Flask) -> None:
    form, valid = sent(app, gap_fr="y")

    assert not valid
    assert [name for name, wrong in form.errors.items() if wrong] == ["gap_zh_Hant"]


def test_what_was_decided_is_told_for_the_records(app: Flask) -> None:
    form, valid = sent(app, gap_fr="y", gap_zh_Hant="y")

    assert valid
    assert form.decided(FOUND) == {
        "fr": {"missing": 4, "stale": 0},
        "zh-Hant": {"missing": 8, "stale": 0},
    }


@pytest.mark.parametrize("figure", ["4 texts are missing", "8 texts are missing", "of 8"])
def test_the_boxes_say_how_much_is_missing(app: Flask, figure: str) -> None:
    with app.test_request_context():
        fields = get_template_attribute("surveys/translating/gaps.html", "gaps_fields")
        page = fields(FOUND, gaps_form(FOUND), Survey(code="tiny", process_id=UUID(int=1)))

    assert figure in page
