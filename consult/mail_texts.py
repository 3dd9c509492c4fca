"""The words of the secretariat's mails about contributions, in four languages.

They are contents of what is sent, in the reader's language, so they stand here. Placeholders are in
braces.
"""
# ruff: noqa: E501 -- a paragraph of a mail is one line: mail programs wrap it

from typing import Final

RETURNED: Final[dict[str, tuple[str, str]]] = {
    "en": (
        "Contributions of {organisation} came back: {title}",
        """Dear colleagues of {organisation},

The secretariat has sent back contributions of {organisation} to: {title}. Their number: {number}.

The page below says why. You can change them and submit them again until {deadline}:

{link}

{sender}""",
    ),
    "fr": (
        "Des contributions de {organisation} vous reviennent : {title}",
        """Chères et chers collègues de {organisation},

Le secrétariat a renvoyé des contributions de {organisation} sur : {title}. Leur nombre : {number}.

La page ci-dessous en donne la raison. Vous pouvez les modifier et les envoyer de nouveau avant l’échéance : {deadline}.

{link}

{sender}""",
    ),
    "es": (
        "Aportaciones de {organisation} devueltas: {title}",
        """Estimadas y estimados colegas de {organisation}:

La secretaría ha devuelto aportaciones de {organisation} sobre: {title}. Su número: {number}.

La página siguiente explica el motivo. Pueden modificarlas y enviarlas de nuevo antes de la fecha límite: {deadline}.

{link}

{sender}""",
    ),
    "ar": (
        "أُعيدت مساهمات من {organisation}: {title}",
        """الزميلات والزملاء الأعزاء في {organisation}،

أعادت الأمانة مساهمات من {organisation} بشأن: {title}. عددها: {number}.

توضح الصفحة أدناه السبب. يمكنكم تعديلها وإرسالها من جديد حتى {deadline}:

{link}

{sender}""",
    ),
}
