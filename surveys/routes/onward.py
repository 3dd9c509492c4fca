"""Where a section's page leads: the next one asked, back to the overview, or itself again."""

from flask import flash, request, url_for
from flask_babel import gettext as _

from surveys.completeness import sections_asked
from surveys.definition import Section
from surveys.forms.answers import ADD, PREFIX, REMOVE
from surveys.logic import worked_out
from surveys.problems import found_in
from surveys.routes.visit import Visit


def after_saving(here: Visit, chosen: Section) -> str:
    """The next section, or at the end the check page; this one again if something can't stand."""
    then = request.form.get("then", "")
    if here.version_id != here.asked.version_id:
        flash(_("The questionnaire was changed while you wrote. What you wrote is saved."), "info")
        then = "stay"
    if then == "stay":
        return url_for("responses.hub", response_id=here.response.id)
    if then.startswith((ADD, REMOVE)):
        return _same_section(here, chosen, then)
    answers, moment = here.entered.answers, here.moment
    worked = worked_out(here.questionnaire, answers, final=True, now=moment)
    found = found_in(worked, chosen, here.entered)
    if any(not problem.missing and not problem.confirmed for problem in found):
        return url_for("responses.section", response_id=here.response.id, code=chosen.code, check=1)
    asked = sections_asked(here.questionnaire, answers, now=moment)
    following = neighbours(here, chosen, asked)[1]
    if following is None:
        return url_for("submitting.review", response_id=here.response.id)
    return url_for("responses.section", response_id=here.response.id, code=following)


def neighbours(
    here: Visit, chosen: Section, asked: frozenset[str]
) -> tuple[str | None, str | None]:
    """The codes of the sections before and after; `asked`: of those that are asked at all."""
    codes = [section.code for section in here.questionnaire.sections]
    place = codes.index(chosen.code)
    before, after = codes[:place], codes[place + 1 :]
    return (
        next((code for code in reversed(before) if code in asked), None),
        next((code for code in after if code in asked), None),
    )


def _same_section(here: Visit, chosen: Section, then: str) -> str:
    """The section again, at the repeat whose button was pressed."""
    repeat = (
        then.removeprefix(ADD) if then.startswith(ADD) else then[len(REMOVE) :].rpartition("/")[0]
    )
    return url_for(
        "responses.section",
        response_id=here.response.id,
        code=chosen.code,
        add=repeat if then.startswith(ADD) else None,
        _anchor=f"{PREFIX}{repeat}".replace("/", ".") + ("-last" if then.startswith(ADD) else ""),
    )
