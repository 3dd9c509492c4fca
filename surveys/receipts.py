"""The mail that confirms a submission. It names no answer: mail travels in the open."""

from flask_babel import force_locale
from flask_babel import gettext as _

from core.outbox import Letter
from movement.actors import Actor
from movement.addresses import inert_name
from surveys.definition import text_in
from surveys.models import Submission
from surveys.queries.responses import Asked


def receipt_letter(asked: Asked, submission: Submission, *, to: Actor, link: str) -> Letter:
    """The letter for whoever submitted, in their language."""
    language = to.language or asked.organisation.language or "en"
    with force_locale(language):
        title = inert_name(text_in(asked.call.titles, language))
        society = inert_name(text_in(asked.organisation.names, language))
        lines = [
            _("Demonstration: all answers are invented.") if asked.call.demonstration else "",
            _("This is a test: answers are not counted.") if asked.call.test else "",
            _(
                "We have received the answers of %(society)s to “%(title)s”.",
                society=society,
                title=title,
            ),
            _("Reference: %(reference)s", reference=submission.reference),
            _("Received: %(time)s UTC", time=f"{submission.at:%Y-%m-%d %H:%M}"),
            _("You can read, print and, until closing, change them here:"),
            link,
        ]
        subject = _("Received: %(title)s", title=title)
    return Letter(
        key=f"receipt:{submission.id}",
        purpose="receipt",
        to_address=to.email,
        language=language,
        subject=subject,
        body="\n\n".join(line for line in lines if line),
        about_id=submission.id,
    )
