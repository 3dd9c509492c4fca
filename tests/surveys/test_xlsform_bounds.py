"""XLSForm: forms built to cost more than a questionnaire does are refused."""

from surveys.xlsform import read
from surveys.xlsform.book import MAX_COLUMNS
from tests.surveys.test_xlsform_problems import places, said
from tests.surveys.xlsform_builder import row, xlsform


def test_a_sheet_has_no_more_columns_than_a_questionnaire_needs() -> None:
    most = {f"label::L{number}": "Q" for number in range(MAX_COLUMNS - 2)}

    assert read(xlsform([{"type": "text", "name": "q", **most}])).errors == ()
    reading = read(xlsform([{"type": "text", "name": "q", **most, "hint": "h"}]))
    assert (places(reading), "1000 columns" in said(reading)) == ([("survey", 1, None)], True)


def test_patterns_count_with_all_they_repeat() -> None:
    rows = [row("text", f"q{n}", constraint=f"regex(., '{n}[a-z]{{900}}')") for n in range(600)]

    assert "too long together" in said(read(xlsform(rows)))
    assert read(xlsform(rows[:300])).errors == ()


def test_loops_inside_loops_are_bounded() -> None:
    begin = [row(f"begin_loop over {name}", f"l{name}") for name in "abcdef"]
    end = [row("end_loop") for _ in begin]
    listed = [(name, f"c{n}") for name in "abcdef" for n in range(20)]

    assert "Loops make more than" in said(read(xlsform([*begin, row("text", "q"), *end], listed)))
