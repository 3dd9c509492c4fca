"""Printed reports: drafts and responses as PDF, HTML and Word; nobody's words are ever code."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.export.report import Heading, Report, Table, Text, draft_report, marked, words
from consult.export.report_html import html
from consult.export.report_pdf import pdf
from consult.export.report_word import word_file
from consult.text.document import BlockKind
from tests.consult.arranged import a_text, block, lineage
from tests.consult.word_twins import parts_of, texts_of

HOSTILE = (
    '#read("/etc/passwd")', "#{panic()}", "$x$", '"] #panic() //', "<script>alert(1)</script>",
    "\\u{0}", "`raw`", "@ref <label>", '<img src=x onerror="alert(1)">', "=1+1", "]]>&amp;",
)  # fmt: skip


def of(text: str) -> Report:
    """A report that says a text in every place there is."""
    return Report(
        text, "en",
        (Heading(1, text, text), Text(words(text), text, 1, "ar"),
         Table((text,), ((text,),), (), text)),
        {}, text,
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_never_code(text: str) -> None:
    report = of(text)

    assert pdf(report).startswith(b"%PDF")
    page = html(report).decode()
    assert not re.search(r"<(script|img)", page)
    parts_of(word_file(report))


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30))
def test_any_text_can_be_printed(text: str) -> None:
    assert pdf(of(text)).startswith(b"%PDF")
    parts_of(word_file(of(text)))


def test_the_same_report_has_the_same_bytes() -> None:
    report = draft_report(a_text(), "ar", "نص")

    assert pdf(report) == pdf(report)
    assert word_file(report) == word_file(report)


def test_a_draft_is_printed_with_its_labels_formats_and_footnotes() -> None:
    note = block("n", "A *note*.", kind=BlockKind.FOOTNOTE, number="")
    text = block("p", f"Some **bold**[^{lineage('n').hex[:8]}] and [a link](https://example.org).")

    page = html(draft_report(a_text(text, note), "en", "A text")).decode()

    assert '<span class="n">1.</span>' in page
    assert "<strong>bold</strong>" in page
    assert '<a href="https://example.org" rel="noreferrer">a link</a>' in page
    assert '<li id="note-1">A <em>note</em>.</li>' in page


def test_arabic_goes_from_right_to_left() -> None:
    page = html(draft_report(a_text(), "ar", "نص")).decode()

    assert '<html lang="ar" dir="rtl">' in page


def test_a_word_report_says_what_the_report_says() -> None:
    report = Report(
        "T", "en", (Heading(1, "One"), Text(marked("**Two**"), "1."), Table(("A",), (("b",),)))
    )

    assert texts_of(word_file(report), accept=True) == ["One", "1. **Two**", "**A**", "b", ""]
