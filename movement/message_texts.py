"""The words a call's mails begin with, in four languages: authors change them, call by call.

They are contents that are stored with a call, not the interface's, so they stand here and not in
the catalogues. Placeholders are in braces (`movement.placeholders`).
"""
# ruff: noqa: E501 -- a paragraph of a mail is one line: mail programs wrap it

from typing import Final

from movement.models import CallKind, MessageKind
from movement.round_texts import CONSULTATION, REPORTING, TEXTS
from movement.round_texts import INVENTED as INVENTED_TEXT

LANGUAGES: Final = ("en", "fr", "es", "ar")

INVENTED: Final = {
    "en": "This is a demonstration: all answers in it are invented.",
    "fr": "Ceci est une démonstration : toutes les réponses y sont inventées.",
    "es": "Esto es una demostración: todas las respuestas son inventadas.",
    "ar": "هذا عرض توضيحي: جميع الإجابات الواردة فيه مختلَقة.",
}
"""The first line of every mail of a demonstration's call that asks for answers."""

INVENTED_OF: Final[dict[CallKind, dict[str, str]]] = {
    CallKind.SURVEY: INVENTED,
    CallKind.CONSULTATION: INVENTED_TEXT,
    CallKind.REPORTING: INVENTED,
}
"""The first line of a demonstration's mails by the kind of their call."""

TEST: Final = {
    "en": "This is a test: answers are not counted.",
    "fr": "Ceci est un essai : les réponses ne sont pas comptées.",
    "es": "Esto es una prueba: las respuestas no se cuentan.",
    "ar": "هذا اختبار: لا تُحتسب الإجابات.",
}
"""The first line of every mail of a test run."""

TEST_TITLE: Final = {
    "en": "Test: {title}",
    "fr": "Essai : {title}",
    "es": "Prueba: {title}",
    "ar": "اختبار: {title}",
}

DEADLINE: Final = {
    "en": "{date}, end of the day ({zone})",
    "fr": "{date}, fin de journée ({zone})",
    "es": "{date}, al final del día ({zone})",
    "ar": "{date}، نهاية اليوم ({zone})",
}

DAYS: Final = {
    "en": {"one": "{n} day", "other": "{n} days"},
    "fr": {"one": "{n} jour", "other": "{n} jours"},
    "es": {"one": "{n} día", "other": "{n} días"},
    "ar": {
        "one": "يوم واحد", "two": "يومان", "few": "{n} أيام", "many": "{n} يومًا", "other": "{n} يوم"
    },
}  # fmt: skip
"""Numbers of days by CLDR's plural categories."""

LAST_DAY: Final = {
    "en": "until the end of today",
    "fr": "jusqu’à la fin de la journée",
    "es": "hasta el final de hoy",
    "ar": "حتى نهاية اليوم",
}

_INVITATION: Final = {
    "en": (
        "{title}: an invitation to {organisation}",
        """Dear colleagues of {organisation},

You are invited to answer: {title}.

Please answer by {deadline}.

The page below asks for your mail address, and sends you a link to sign in:

{link}

You can stop at any time and go on later, on any device. You can ask colleagues to answer parts of it.

{sender}""",
    ),
    "fr": (
        "{title} : invitation à {organisation}",
        """Chères et chers collègues de {organisation},

Vous êtes invités à répondre à : {title}.

Merci de répondre avant l’échéance : {deadline}.

La page ci-dessous vous demande votre adresse électronique et vous envoie un lien de connexion :

{link}

Vous pouvez vous arrêter à tout moment et reprendre plus tard, sur n’importe quel appareil. Vous pouvez confier des parties à des collègues.

{sender}""",
    ),
    "es": (
        "{title}: invitación a {organisation}",
        """Estimadas y estimados colegas de {organisation}:

Les invitamos a responder: {title}.

Les rogamos que respondan antes de la fecha límite: {deadline}.

La página siguiente le pide su dirección de correo y le envía un enlace para iniciar sesión:

{link}

Puede detenerse en cualquier momento y continuar más tarde, en cualquier dispositivo. Puede pedir a colegas que respondan partes.

{sender}""",
    ),
    "ar": (
        "{title}: دعوة إلى {organisation}",
        """الزملاء الأعزاء في {organisation}،

ندعوكم إلى الإجابة عن: {title}.

يُرجى الإجابة قبل الموعد النهائي: {deadline}.

تطلب الصفحة التالية عنوان بريدكم الإلكتروني، وترسل إليكم رابطًا لتسجيل الدخول:

{link}

يمكنكم التوقف في أي وقت والمتابعة لاحقًا من أي جهاز، ويمكنكم أن تطلبوا من زملائكم الإجابة عن أجزاء منه.

{sender}""",
    ),
}

_REMINDER: Final = {
    "en": (
        "Reminder: {title}",
        """Dear colleagues of {organisation},

We have not yet received your answer to: {title}.

You can send it until {deadline}. Time left: {days_left}.

{link}

Whatever you have entered so far is kept. If you have just submitted, thank you: nothing more is needed.

{sender}""",
    ),
    "fr": (
        "Rappel : {title}",
        """Chères et chers collègues de {organisation},

Nous n’avons pas encore reçu votre réponse à : {title}.

Vous pouvez l’envoyer jusqu’à l’échéance : {deadline}. Temps restant : {days_left}.

{link}

Ce que vous avez déjà saisi est conservé. Si vous venez d’envoyer votre réponse, merci : il n’y a plus rien à faire.

{sender}""",
    ),
    "es": (
        "Recordatorio: {title}",
        """Estimadas y estimados colegas de {organisation}:

Aún no hemos recibido su respuesta a: {title}.

Pueden enviarla hasta la fecha límite: {deadline}. Tiempo restante: {days_left}.

{link}

Lo que ya han introducido se conserva. Si acaban de enviar su respuesta, gracias: no hace falta nada más.

{sender}""",
    ),
    "ar": (
        "تذكير: {title}",
        """الزملاء الأعزاء في {organisation}،

لم تصلنا إجابتكم بعد عن: {title}.

يمكنكم إرسالها حتى الموعد النهائي: {deadline}. الوقت المتبقي: {days_left}.

{link}

كل ما أدخلتموه حتى الآن محفوظ. وإن كنتم قد أرسلتم إجابتكم للتو فشكرًا لكم، ولا يلزم شيء آخر.

{sender}""",
    ),
}

DEFAULTS: Final[TEXTS] = {MessageKind.INVITATION: _INVITATION, MessageKind.REMINDER: _REMINDER}
"""(subject, body) of a survey's mails by kind of message and language."""

DEFAULTS_OF: Final[dict[CallKind, TEXTS]] = {
    CallKind.SURVEY: DEFAULTS,
    CallKind.CONSULTATION: CONSULTATION,
    CallKind.REPORTING: REPORTING,
}
"""The same by kind of call."""
