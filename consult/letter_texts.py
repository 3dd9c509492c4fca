"""The words of the mails about agreement and about pledges, in four languages.

As other mails' words they are contents of what is sent, in the reader's language, so they stand
here. Placeholders are in braces.
"""
# ruff: noqa: E501 -- a paragraph of a mail is one line: mail programs wrap it

from typing import Final

Texts = dict[str, tuple[str, str]]

AGREEMENT: Final[Texts] = {
    "en": (
        "Does {organisation} agree? {title}",
        """Dear colleagues of {organisation},

The last draft of this text is ready: {title}. Before it is put forward for adoption, each member of your group says whether it consents.

Please read it, then consent or say what you object to:

{link}

{sender}""",
    ),
    "fr": (
        "{organisation} donne-t-elle son accord ? {title}",
        """Chères et chers collègues de {organisation},

La dernière version de ce texte est prête : {title}. Avant qu’elle soit soumise pour adoption, chaque membre de votre groupe indique s’il donne son accord.

Merci de la lire, puis de donner votre accord ou d’indiquer ce à quoi vous vous opposez :

{link}

{sender}""",
    ),
    "es": (
        "¿Está de acuerdo {organisation}? {title}",
        """Estimadas y estimados colegas de {organisation}:

La última versión de este texto está lista: {title}. Antes de presentarla para su aprobación, cada miembro de su grupo indica si está de acuerdo.

Le rogamos que la lea y que dé su acuerdo o indique a qué se opone:

{link}

{sender}""",
    ),
    "ar": (
        "هل توافق {organisation}؟ {title}",
        """الزملاء الأعزاء في {organisation}،

المسودة الأخيرة من هذا النص جاهزة: {title}. وقبل عرضها للاعتماد، يقول كل عضو في مجموعتكم إن كان يوافق عليها.

يُرجى قراءتها، ثم الموافقة عليها أو بيان ما تعترضون عليه:

{link}

{sender}""",
    ),
}

PLEDGE: Final[Texts] = {
    "en": (
        "{organisation} is invited to sign a pledge: {title}",
        """Dear colleagues of {organisation},

You are invited to sign a joint pledge on: {title}.

Please read it, then sign it or decline:

{link}

Nothing is published in your name unless you sign.

{sender}""",
    ),
    "fr": (
        "{organisation} est invitée à signer un engagement : {title}",
        """Chères et chers collègues de {organisation},

Vous êtes invités à signer un engagement conjoint sur : {title}.

Merci de le lire, puis de le signer ou de décliner :

{link}

Rien n’est publié en votre nom si vous ne signez pas.

{sender}""",
    ),
    "es": (
        "Se invita a {organisation} a firmar un compromiso: {title}",
        """Estimadas y estimados colegas de {organisation}:

Les invitamos a firmar un compromiso conjunto sobre: {title}.

Les rogamos que lo lean y que lo firmen o declinen:

{link}

Nada se publica en su nombre si no firman.

{sender}""",
    ),
    "ar": (
        "دعوة إلى {organisation} لتوقيع تعهد: {title}",
        """الزملاء الأعزاء في {organisation}،

أنتم مدعوون إلى توقيع تعهد مشترك بشأن: {title}.

يُرجى قراءته، ثم توقيعه أو الاعتذار:

{link}

لا يُنشر أي شيء باسمكم ما لم توقعوا.

{sender}""",
    ),
}
