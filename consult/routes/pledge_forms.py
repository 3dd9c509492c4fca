"""The page on which a pledge is written, for organisations and for staff alike."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.after_words import named
from consult.forms.adoption import problems_of
from consult.forms.pledges import EditPledge
from consult.models import Consultation, Draft, Pledge
from consult.routes.after_view import paragraphs_of
from consult.services.pledge_words import problems_of as problems_in
from core.db import get_session


def offer(form: EditPledge, draft: Draft) -> None:
    """Set the paragraphs one can choose: those of the draft the pledge is made to."""
    form.offer(
        (str(one.block.lineage), named(one.label, one.text))
        for one in paragraphs_of(draft)
        if not one.heading
    )


def ready(form: EditPledge, draft: Draft, language: str) -> bool:
    """Whether what was sent will do; if not, all that is wrong stands beside the fields."""
    typed = form.validate()
    problems = problems_in(form.words(language), draft)
    form.say(problems, language)
    return typed and not problems


def pledge_page(
    form: EditPledge, consultation: Consultation, draft: Draft, language: str, *, back: str,
    party: object = None,
) -> ResponseReturnValue:  # fmt: skip
    """The page, with what is wrong. `party`: the field that names who makes it, if one does."""
    problems = problems_of(form)
    page = render_template(
        "consult/pledges/edit.html", form=form, consultation=consultation, draft=draft,
        first=language, back=back, problems=problems, party=party, saved=None,
    )  # fmt: skip
    return page, 400 if problems else 200


def conflict_page(
    form: EditPledge, consultation: Consultation, draft: Draft, pledge: Pledge, *, back: str
) -> ResponseReturnValue:
    """Both versions: what was typed in the fields, what was saved meanwhile beside them."""
    get_session().refresh(pledge)
    form.edition.data = str(pledge.edition)
    page = render_template(
        "consult/pledges/edit.html", form=form, consultation=consultation, draft=draft,
        first=pledge.language, back=back, problems=[], party=None, saved=pledge,
    )  # fmt: skip
    return page, 409
