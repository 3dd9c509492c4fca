"""The words of the mails about a second person's approval, in four languages.

As other mails' words they are contents of what is sent, in the reader's language, so they stand
here. Placeholders are in braces.
"""
# ruff: noqa: E501 -- a paragraph of a mail is one line: mail programs wrap it

from typing import Final

Texts = dict[str, tuple[str, str]]

SOMEBODY: Final = {
    "en": "A colleague",
    "fr": "Une ou un collègue",
    "es": "Un o una colega",
    "ar": "أحد الزملاء",
}
"""Whoever acts, where they have given no name; addresses stand in no mail's text."""

ASKED: Final[Texts] = {
    "en": (
        "Your approval is asked for: {title}",
        """Dear colleague of {organisation},

{person} has prepared what {organisation} is about to submit to: {title}. Before it is submitted, a second person approves it.

Please read it and approve or refuse it by {deadline}:

{link}

{sender}""",
    ),
    "fr": (
        "Votre approbation est demandée : {title}",
        """Chère ou cher collègue de {organisation},

{person} a préparé ce que {organisation} s’apprête à envoyer pour : {title}. Une deuxième personne l’approuve avant l’envoi.

Merci de le lire, puis de l’approuver ou de le refuser avant l’échéance : {deadline}.

{link}

{sender}""",
    ),
    "es": (
        "Se pide su aprobación: {title}",
        """Estimada o estimado colega de {organisation}:

{person} ha preparado lo que {organisation} va a enviar sobre: {title}. Antes del envío lo aprueba una segunda persona.

Le rogamos que lo lea y lo apruebe o lo rechace antes de la fecha límite: {deadline}.

{link}

{sender}""",
    ),
    "ar": (
        "مطلوب موافقتكم: {title}",
        """الزميل العزيز في {organisation}،

أعدّ {person} ما ستقدمه {organisation} بشأن: {title}. وقبل تقديمه يوافق عليه شخص ثانٍ.

يُرجى قراءته ثم الموافقة عليه أو رفضه قبل الموعد النهائي: {deadline}.

{link}

{sender}""",
    ),
}

APPROVED: Final[Texts] = {
    "en": (
        "Approved: {title}",
        """Dear colleague of {organisation},

{person} has approved what you prepared for: {title}. It is not submitted yet: please submit it by {deadline}. If you change anything before, it must be approved again.

{link}

{sender}""",
    ),
    "fr": (
        "Approuvé : {title}",
        """Chère ou cher collègue de {organisation},

{person} a approuvé ce que vous avez préparé pour : {title}. Ce n’est pas encore envoyé : merci de l’envoyer avant l’échéance : {deadline}. Si vous modifiez quelque chose auparavant, une nouvelle approbation sera nécessaire.

{link}

{sender}""",
    ),
    "es": (
        "Aprobado: {title}",
        """Estimada o estimado colega de {organisation}:

{person} ha aprobado lo que usted preparó para: {title}. Aún no está enviado: le rogamos que lo envíe antes de la fecha límite: {deadline}. Si cambia algo antes, deberá aprobarse de nuevo.

{link}

{sender}""",
    ),
    "ar": (
        "تمت الموافقة: {title}",
        """الزميل العزيز في {organisation}،

وافق {person} على ما أعددتموه بشأن: {title}. لم يُقدَّم بعد: يُرجى تقديمه قبل الموعد النهائي: {deadline}. وإذا غيّرتم شيئًا قبل ذلك فستلزم موافقة جديدة.

{link}

{sender}""",
    ),
}

REFUSED: Final[Texts] = {
    "en": (
        "Not approved: {title}",
        """Dear colleague of {organisation},

{person} has not approved what you prepared for: {title}. Nothing is lost: change it, and ask for approval again by {deadline}. The page says why:

{link}

{sender}""",
    ),
    "fr": (
        "Non approuvé : {title}",
        """Chère ou cher collègue de {organisation},

{person} n’a pas approuvé ce que vous avez préparé pour : {title}. Rien n’est perdu : modifiez-le et demandez à nouveau l’approbation avant l’échéance : {deadline}. La page en donne la raison :

{link}

{sender}""",
    ),
    "es": (
        "No aprobado: {title}",
        """Estimada o estimado colega de {organisation}:

{person} no ha aprobado lo que usted preparó para: {title}. No se ha perdido nada: modifíquelo y pida de nuevo la aprobación antes de la fecha límite: {deadline}. La página explica el motivo:

{link}

{sender}""",
    ),
    "ar": (
        "لم تتم الموافقة: {title}",
        """الزميل العزيز في {organisation}،

لم يوافق {person} على ما أعددتموه بشأن: {title}. لم يُفقد شيء: عدّلوه ثم اطلبوا الموافقة من جديد قبل الموعد النهائي: {deadline}. وتبيّن الصفحة السبب:

{link}

{sender}""",
    ),
}
