"""Every address that answers a GET is looked at by the tests of pages, or named with why not."""

import re
from uuid import UUID

from flask import Flask

from tests.browser.every_page import SIGHTS

NOT_PAGES = {
    "drafts.text": "a file: opened in test_drafting_pages",
    "static": "files: style and scripts, loaded by every page that is looked at",
    "health": "for machines: JSON",
    "languages.download": "a file: opened in test_translating_pages",
    "languages.download_all": "a file: opened in test_translating_pages",
    "evidence.download": "a file: opened in test_evidence",
    "surveys.form": "a file: opened in test_questionnaires",
    "copies.download": "a file: opened in test_journey",
    "exports.file": "a file: opened in test_staff",
    "results.table": "a file: CSV",
    "consultation_results.table": "a file: CSV",
    "meetings.download": "a file: opened in test_meetings",
    "citing.file": "a file: opened in test_citations",
    "results.plotly": "a script: loaded by the page that explores a figure",
    "public_forms.qr": "a picture: shown on the poster",
    "public_results.export": "a file: CSV",
    "pledges.table": "a file: CSV, opened in test_pledge_pages",
    **dict.fromkeys(
        (
            "draft_files.draft",
            "draft_files.matrix",
            "draft_files.redline",
            "draft_files.proposals",
            "draft_files.compiled_file",
            "draft_files.answer",
            "draft_accounts.file",
        ),
        "a file: opened in test_output_pages",
    ),
    "reports.download": "a file: opened in test_report_pages",
    "reporting.document": "a file: Word, opened in test_report_pages",
}
LOOKED_AT_ELSEWHERE = {
    "kept.show": "needs a lost session: test_states",
    "people.colleagues": "leads on to the one organisation's people",
    "public.show_code": "needs a visit: test_public",
    "public_answers.answer": "needs a visit: test_public",
    "public_answers.review": "needs a visit: test_public",
}
PLACES = re.compile(r"\{\w+\}")
SOME_ID = str(UUID(int=1))


def test_every_page_is_looked_at_or_exempt_with_a_reason(app: Flask) -> None:
    routes = app.url_map.bind("localhost")
    readable = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    seen = set()
    for sight in SIGHTS:
        path = PLACES.sub(SOME_ID, sight.path).partition("?")[0]
        if routes.test(path, method="GET"):
            seen.add(routes.match(path, method="GET")[0])

    assert readable - seen == NOT_PAGES.keys() | LOOKED_AT_ELSEWHERE.keys()
