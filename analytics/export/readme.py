"""The first sheet of an export: what it is, how it was made and how to read it."""

from collections.abc import Iterator

from analytics.export.contents import Contents
from core.texts import lazy as _l
from surveys.definition import text_in

INVENTED = _l("Demonstration: all answers in this file are invented.")


def lines(contents: Contents) -> Iterator[tuple[str, str]]:
    """Pairs of a heading and a sentence, in the current language."""
    wave, language = contents.wave, contents.language
    if contents.invented:
        yield str(_l("Notice")), str(INVENTED)
    yield str(_l("Survey")), text_in(wave.call.titles, language) or wave.call.code
    yield str(_l("Wave")), wave.call.code
    yield str(_l("Exported")), contents.exported_at.strftime("%Y-%m-%d %H:%M UTC")
    yield str(_l("Last answer")), _moment(contents)
    yield str(_l("Members on")), wave.call.frame_date.isoformat()
    yield str(_l("Whom it counts")), str(_base(contents))
    yield str(_l("Rows")), str(_rows(contents))
    yield str(_l("Figures")), str(_rule(contents))
    yield str(_l("Weighting")), str(WEIGHTING)
    yield str(_l("Codes")), str(CODES)
    yield str(_l("Blank cells")), str(BLANK)
    yield str(_l("Confidential")), str(CONFIDENTIAL)


WEIGHTING = _l(
    "Each response weighs the number of members of its region over the number of responses from "
    "it, so that each region counts by its members. A region with no answer is left out."
)
CODES = _l(
    "Answers stand as codes; the codebook says what each column asks and what its codes mean. "
    "Shares are parts of one."
)
BLANK = _l("Not answered, or not asked because a condition did not hold.")
CONFIDENTIAL = _l("For those entitled to it only. Do not pass it on.")


def _moment(contents: Contents) -> str:
    updated = contents.wave.updated_at
    return updated.strftime("%Y-%m-%d %H:%M UTC") if updated else "–"


def _base(contents: Contents) -> object:
    return _l(
        "%(n)s of %(size)s National Societies that were members on that date answered. The IFRC "
        "and the ICRC may answer and are not counted.",
        n=contents.wave.n,
        size=contents.wave.frame.total,
    )


def _rows(contents: Contents) -> object:
    rows, given = len(contents.rows), len(contents.wave.given)
    if contents.known is None:
        return _l("Every submitted response: %(rows)s.", rows=rows)
    return _l(
        "%(rows)s of %(given)s responses: those of organisations that agreed to be quoted by name.",
        rows=rows,
        given=given,
    )


def _rule(contents: Contents) -> object:
    if contents.known is None:
        return _l("Nothing is withheld in the tables.")
    return _l(
        "Figures that stand on fewer than five answers are withheld, and smaller regions are shown "
        "together."
    )
