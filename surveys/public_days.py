"""When a public questionnaire can be answered. Its days begin and end wherever people are.

It opens with the first place on earth where its first day begins (UTC+14), and closes with the last
where its last day ends (UTC-12): nobody is shut out by living elsewhere.
"""

from datetime import UTC, date, datetime, time, timedelta

from surveys.public_models import PublicForm, PublicResponse, PublicState

EARLIEST, LATEST = timedelta(hours=14), timedelta(hours=-12)


def is_open(form: PublicForm, now: datetime) -> bool:
    """Whether it can be answered at this moment."""
    begun = form.opens_on <= (now + EARLIEST).date()
    return form.state is PublicState.OPEN and begun and not is_over(form.closes_on, now)


def not_yet(form: PublicForm, now: datetime) -> bool:
    """Whether its first day is still to come everywhere."""
    return form.state is PublicState.OPEN and form.opens_on > (now + EARLIEST).date()


def is_over(day: date, now: datetime) -> bool:
    """Whether a day is over everywhere."""
    return (now + LATEST).date() > day


def moment_of(response: PublicResponse) -> datetime:
    """The moment conditions see in a response sent: noon of its day, for no hour is kept."""
    return datetime.combine(response.saved_on, time(12), UTC)
