"""What the invented answers say in their own words, in the four languages.

Short, neutral and made up; no sentence was ever said by a National Society. Apostrophes are
straight, as people type them. It refuses to know who says what (`surveys.demonstration_answers`).
"""

from collections.abc import Iterator

OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    "priorities_reason": {
        "en": (
            "Most people our branches meet have left home because of violence or after a disaster.",
            "We looked at the requests of the last two years; these three came up most often.",
            "Storms and a rising sea already move people here, mostly from island to island.",
            "Our volunteers meet many families who lost contact with each other on the way.",
            "Health needs were the first thing migrants named when we asked them.",
            "These are the themes on which our branches most often ask for support.",
            "Floods displaced more people here last year than any other cause.",
        ),
        "fr": (
            "Nos branches locales accueillent surtout des personnes qui ont fui la violence.",
            "La sécheresse et les inondations poussent chaque année des familles à partir.",
            "Ce choix suit les demandes reçues par nos équipes ces deux dernières années.",
        ),
        "es": (
            "Nuestras filiales atienden sobre todo a familias que han perdido sus medios de vida.",
            "Quienes llegan a nuestros puestos mencionan primero la violencia que dejan atrás.",
            "Las sequías y las inundaciones obligan cada año a más familias a marcharse.",
        ),
        "ar": ("كثير ممن نلتقي بهم فقدوا الاتصال بأسرهم أثناء الطريق.",),
    },
    "challenges_practice": {
        "en": (
            "A telephone line in nine languages, answered by trained volunteers.",
            "A written agreement with the health service, so that no one is asked for papers.",
            "Training volunteers who have migrated themselves made it easier to be trusted.",
            "Monthly calls with the neighbouring National Society kept referrals short.",
            "We stopped collecting names at the first contact. More people now come to us.",
            "A small fund that branches can use within a day.",
            "A shared list of services, checked every month with our partners.",
            "Meetings between new arrivals and neighbours, held at the local branch.",
        ),
        "fr": (
            "Des bénévoles ayant vécu la migration accompagnent les premiers rendez-vous.",
            "Un accord écrit avec les centres de santé garantit un premier soin à tous.",
            "Des réunions mensuelles avec la Société nationale voisine facilitent le suivi.",
        ),
        "es": (
            "Un puesto móvil que sigue la ruta y ofrece agua, llamadas e información.",
            "Un acuerdo con los centros de salud para atender sin pedir documentos.",
            "La formación conjunta con la Sociedad Nacional vecina.",
        ),
        "ar": ("ساعدنا متطوعون يتحدثون لغات المهاجرين على كسب ثقتهم.",),
    },
    "invest_result": {
        "en": (
            "Every migrant we meet can see a nurse.",
            "One plan that all components use.",
            "Branches trained along the whole route.",
            "Fewer families without news of each other.",
            "A shared picture of needs, updated each year.",
            "Migrants take part in planning our services.",
            "Referral between National Societies within a week.",
            "Clear roles for each component.",
            "Services that people can reach whatever their status.",
            "Funding for three years instead of one.",
        ),
        "fr": (
            "Un accès aux soins pour toutes les personnes.",
            "Une stratégie commune et des rôles clairs.",
            "Des bénévoles formés dans chaque branche locale.",
            "Un travail commun tout au long de la route.",
        ),
        "es": (
            "Servicios para todas las personas, sea cual sea su situación.",
            "Funciones claras dentro del Movimiento.",
            "Puestos de servicio coordinados en toda la ruta.",
            "Menos familias sin noticias de los suyos.",
        ),
        "ar": ("خدمات متاحة للجميع.", "أدوار واضحة لكل مكون من مكونات الحركة."),
    },
    "open_comments": {
        "en": (
            "Please share the results also with National Societies that could not answer.",
            "We would like to see the next questionnaire some weeks before it opens.",
            "Small National Societies need a way to take part that does not require travel.",
            "People displaced inside their country should stay in view.",
            "Migrants themselves should be asked too.",
            "The strategy should be short enough to be used by a branch.",
            "We can share our training material with others.",
            "It would help to learn what others on the same routes have answered.",
            "Please bear time zones in mind when planning calls.",
        ),
        "fr": (
            "Merci de partager les résultats avec toutes les Sociétés nationales.",
            "Une réunion en français aiderait nos collègues à participer pleinement.",
            "La stratégie devrait rester assez courte pour servir aux branches locales.",
            "Nous sommes prêts à partager nos outils de formation.",
        ),
        "es": (
            "Agradeceríamos que las reuniones tuvieran interpretación al español.",
            "Sería útil conocer las respuestas de otras Sociedades Nacionales de la misma ruta.",
            "También convendría preguntar a los propios migrantes.",
            "Podemos compartir nuestros materiales de formación.",
        ),
        "ar": (
            "نرجو إتاحة وثائق العمل باللغة العربية في وقت مبكر.",
            "يسعدنا أن نتبادل خبراتنا مع الجمعيات الوطنية الأخرى.",
        ),
    },
}
"""Texts of the open questions, by question, then language. Each is used once at most."""

SPECIFIED: dict[str, dict[str, str]] = {
    "migration_activities": {
        "en": "Company on the way to appointments",
        "fr": "Accompagnement aux rendez-vous",
        "es": "Acompañamiento a citas",
        "ar": "مرافقة الأشخاص إلى المواعيد",
    },
    "contributions": {
        "en": "Training material",
        "fr": "Supports de formation",
        "es": "Materiales de formación",
        "ar": "مواد تدريبية",
    },
    "working_language": {
        "en": "English or French, as suits the group",
        "fr": "Français ou anglais, selon le groupe",
        "es": "Español o inglés, según el grupo",
        "ar": "العربية أو الإنكليزية بحسب المجموعة",
    },
    "contact_function": {
        "en": "Head of the health department",
        "fr": "Responsable du service de santé",
        "es": "Responsable del departamento de salud",
        "ar": "المسؤول عن قسم الصحة",
    },
    "network_name": {
        "en": "The migration network of our region",
        "fr": "Le réseau de notre région sur la migration",
        "es": "La red de nuestra región sobre migración",
        "ar": "شبكة منطقتنا المعنية بالهجرة",
    },
}
"""What stands beside "other", and the short answers, by question, then language."""


class Words:
    """The open texts, each handed out once."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, str], Iterator[str]] = {
            (question, language): iter(texts)
            for question, by_language in OPEN.items()
            for language, texts in by_language.items()
        }

    def take(self, question: str, language: str) -> str | None:
        """The next text for this open question in this language; None when none is left."""
        return next(self._left[question, language], None)
