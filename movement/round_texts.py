"""The words that mails of a consultation's round and of a round of reports begin with.

`movement.message_texts` says what such texts are, and has those of a survey.
"""
# ruff: noqa: E501 -- a paragraph of a mail is one line: mail programs wrap it

from typing import Final

from movement.models import MessageKind

TEXTS = dict[MessageKind, dict[str, tuple[str, str]]]

INVENTED: Final = {
    "en": "This is a demonstration: the text and all contributions to it are invented.",
    "fr": "Ceci est une démonstration : le texte et toutes les contributions y sont inventés.",
    "es": "Esto es una demostración: el texto y todas las contribuciones son inventados.",
    "ar": "هذا عرض توضيحي: النص وجميع المساهمات فيه مختلَقة.",
}
"""The first line of every mail about a demonstration's text."""

CONSULTATION: Final[TEXTS] = {
    MessageKind.INVITATION: {
        "en": (
            "{title}: an invitation to {organisation} to comment",
            """Dear colleagues of {organisation},

A draft is open for your contributions: {title}.

You can comment on it, propose other wording, and say where you stand on each paragraph. Please submit by {deadline}.

The page below asks for your mail address, and sends you a link to sign in:

{link}

Your colleagues can prepare contributions with you. What you submit is answered one by one: you will see what was decided on each contribution, and why.

{sender}""",
        ),
        "fr": (
            "{title} : {organisation} est invitée à contribuer",
            """Chères et chers collègues de {organisation},

Un projet de texte est ouvert à vos contributions : {title}.

Vous pouvez le commenter, proposer une autre rédaction et indiquer votre position sur chaque paragraphe. Merci d’envoyer vos contributions avant l’échéance : {deadline}.

La page ci-dessous vous demande votre adresse électronique et vous envoie un lien de connexion :

{link}

Vos collègues peuvent préparer des contributions avec vous. Chaque contribution envoyée reçoit une réponse : vous verrez ce qui a été décidé, et pourquoi.

{sender}""",
        ),
        "es": (
            "{title}: invitación a {organisation} para hacer aportaciones",
            """Estimadas y estimados colegas de {organisation}:

Un proyecto de texto está abierto a sus aportaciones: {title}.

Pueden comentarlo, proponer otra redacción e indicar su posición sobre cada párrafo. Les rogamos que envíen sus aportaciones antes de la fecha límite: {deadline}.

La página siguiente le pide su dirección de correo y le envía un enlace para iniciar sesión:

{link}

Sus colegas pueden preparar aportaciones con ustedes. Cada aportación enviada recibe respuesta: verán qué se decidió y por qué.

{sender}""",
        ),
        "ar": (
            "{title}: دعوة إلى {organisation} للمساهمة",
            """الزملاء الأعزاء في {organisation}،

مشروع النص التالي مفتوح لمساهماتكم: {title}.

يمكنكم التعليق عليه، واقتراح صياغة أخرى، وبيان موقفكم من كل فقرة. يُرجى إرسال مساهماتكم قبل الموعد النهائي: {deadline}.

تطلب الصفحة التالية عنوان بريدكم الإلكتروني، وترسل إليكم رابطًا لتسجيل الدخول:

{link}

يمكن لزملائكم إعداد المساهمات معكم. وتتلقى كل مساهمة ترسلونها ردًا: سترون ما تقرر بشأنها وسبب ذلك.

{sender}""",
        ),
    },
    MessageKind.REMINDER: {
        "en": (
            "Reminder: your contributions to {title}",
            """Dear colleagues of {organisation},

We have not yet received your contributions to: {title}.

You can submit them until {deadline}. Time left: {days_left}.

{link}

Whatever you have prepared so far is kept, and nobody outside your organisation sees it before you submit it. If you have just submitted, thank you: nothing more is needed.

{sender}""",
        ),
        "fr": (
            "Rappel : vos contributions à {title}",
            """Chères et chers collègues de {organisation},

Nous n’avons pas encore reçu vos contributions à : {title}.

Vous pouvez les envoyer jusqu’à l’échéance : {deadline}. Temps restant : {days_left}.

{link}

Ce que vous avez déjà préparé est conservé, et personne en dehors de votre organisation ne le voit avant l’envoi. Si vous venez d’envoyer vos contributions, merci : il n’y a plus rien à faire.

{sender}""",
        ),
        "es": (
            "Recordatorio: sus aportaciones a {title}",
            """Estimadas y estimados colegas de {organisation}:

Aún no hemos recibido sus aportaciones a: {title}.

Pueden enviarlas hasta la fecha límite: {deadline}. Tiempo restante: {days_left}.

{link}

Lo que ya han preparado se conserva, y nadie fuera de su organización lo ve antes de que lo envíen. Si acaban de enviar sus aportaciones, gracias: no hace falta nada más.

{sender}""",
        ),
        "ar": (
            "تذكير: مساهماتكم في {title}",
            """الزملاء الأعزاء في {organisation}،

لم تصلنا مساهماتكم بعد في: {title}.

يمكنكم إرسالها حتى الموعد النهائي: {deadline}. الوقت المتبقي: {days_left}.

{link}

كل ما أعددتموه حتى الآن محفوظ، ولا يراه أحد خارج منظمتكم قبل أن ترسلوه. وإن كنتم قد أرسلتم مساهماتكم للتو فشكرًا لكم، ولا يلزم شيء آخر.

{sender}""",
        ),
    },
}

REPORTING: Final[TEXTS] = {
    MessageKind.INVITATION: {
        "en": (
            "{title}: {organisation} is asked for a report",
            """Dear colleagues of {organisation},

You are asked to report on what was done: {title}.

Please report by {deadline}.

The page below asks for your mail address, and sends you a link to sign in:

{link}

You can stop at any time and go on later. Report on the paragraphs that concern you; short answers are welcome.

{sender}""",
        ),
        "fr": (
            "{title} : un rapport est demandé à {organisation}",
            """Chères et chers collègues de {organisation},

Nous vous invitons à rendre compte de ce qui a été fait : {title}.

Merci d’envoyer votre rapport avant l’échéance : {deadline}.

La page ci-dessous vous demande votre adresse électronique et vous envoie un lien de connexion :

{link}

Vous pouvez vous arrêter à tout moment et reprendre plus tard. Rendez compte des paragraphes qui vous concernent ; des réponses brèves sont bienvenues.

{sender}""",
        ),
        "es": (
            "{title}: se pide un informe a {organisation}",
            """Estimadas y estimados colegas de {organisation}:

Les invitamos a informar de lo realizado: {title}.

Les rogamos que envíen su informe antes de la fecha límite: {deadline}.

La página siguiente le pide su dirección de correo y le envía un enlace para iniciar sesión:

{link}

Pueden detenerse en cualquier momento y continuar más tarde. Informen sobre los párrafos que les conciernen; las respuestas breves son bienvenidas.

{sender}""",
        ),
        "ar": (
            "{title}: طلب تقرير من {organisation}",
            """الزملاء الأعزاء في {organisation}،

ندعوكم إلى الإبلاغ عمّا تم إنجازه: {title}.

يُرجى إرسال تقريركم قبل الموعد النهائي: {deadline}.

تطلب الصفحة التالية عنوان بريدكم الإلكتروني، وترسل إليكم رابطًا لتسجيل الدخول:

{link}

يمكنكم التوقف في أي وقت والمتابعة لاحقًا. أبلغوا عن الفقرات التي تعنيكم، والإجابات القصيرة موضع ترحيب.

{sender}""",
        ),
    },
    MessageKind.REMINDER: {
        "en": (
            "Reminder: your report on {title}",
            """Dear colleagues of {organisation},

We have not yet received your report on: {title}.

You can send it until {deadline}. Time left: {days_left}.

{link}

Whatever you have entered so far is kept. If you have just sent it, thank you: nothing more is needed.

{sender}""",
        ),
        "fr": (
            "Rappel : votre rapport sur {title}",
            """Chères et chers collègues de {organisation},

Nous n’avons pas encore reçu votre rapport sur : {title}.

Vous pouvez l’envoyer jusqu’à l’échéance : {deadline}. Temps restant : {days_left}.

{link}

Ce que vous avez déjà saisi est conservé. Si vous venez de l’envoyer, merci : il n’y a plus rien à faire.

{sender}""",
        ),
        "es": (
            "Recordatorio: su informe sobre {title}",
            """Estimadas y estimados colegas de {organisation}:

Aún no hemos recibido su informe sobre: {title}.

Pueden enviarlo hasta la fecha límite: {deadline}. Tiempo restante: {days_left}.

{link}

Lo que ya han introducido se conserva. Si acaban de enviarlo, gracias: no hace falta nada más.

{sender}""",
        ),
        "ar": (
            "تذكير: تقريركم عن {title}",
            """الزملاء الأعزاء في {organisation}،

لم يصلنا تقريركم بعد عن: {title}.

يمكنكم إرساله حتى الموعد النهائي: {deadline}. الوقت المتبقي: {days_left}.

{link}

كل ما أدخلتموه حتى الآن محفوظ. وإن كنتم قد أرسلتموه للتو فشكرًا لكم، ولا يلزم شيء آخر.

{sender}""",
        ),
    },
}
