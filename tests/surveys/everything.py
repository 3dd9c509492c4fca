"""A questionnaire with every kind of question, in English and Arabic, as people would read it."""

from typing import Any
from uuid import uuid4

from surveys.definition import (
    Choice,
    Group,
    Question,
    QuestionKind,
    Questionnaire,
    Range,
    Section,
    Texts,
)

KIND = QuestionKind


def said(english: str, arabic: str) -> Texts:
    return {"en": english, "ar": arabic}


def choices(**named: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code.strip("_"), texts=said(*words)) for code, words in named.items())


def asked(code: str, kind: QuestionKind, english: str, arabic: str, **more: Any) -> Question:
    return Question(uid=uuid4(), code=code, kind=kind, texts=said(english, arabic), **more)


SCALE = choices(
    _1=("Not at all", "لا على الإطلاق"),
    _2=("A little", "قليلا"),
    _3=("Mostly", "إلى حد كبير"),
    _4=("Fully", "تماما"),
    dont_know=("Don't know", "لا أعرف"),
    prefer_not_to_say=("Prefer not to say", "أفضل عدم القول"),
)
PLACES = choices(
    border=("At the border", "على الحدود"),
    city=("In cities", "في المدن"),
    camp=("In camps", "في المخيمات"),
    road=("On the way", "على الطريق"),
)
SERVICES = (
    *choices(health=("Health care", "الرعاية الصحية"), law=("Legal advice", "مشورة قانونية")),
    Choice(code="other", texts=said("Another service", "خدمة أخرى")),
    Choice(code="none", texts=said("None of these", "لا شيء مما سبق")),
)
COUNTRIES = tuple(
    Choice(code=f"c{n:02}", texts=said(f"Country {n}", f"البلد {n}")) for n in range(1, 41)
)

WRITTEN = (
    asked("office", KIND.SHORT_TEXT, "What is the office called?", "ما اسم المكتب؟", required=True,
          guidance=said("The name as it stands on letters.", "الاسم كما يرد في الرسائل.")),
    asked("story", KIND.LONG_TEXT, "What changed this year?", "ما الذي تغير هذا العام؟",
          hints=said("A few sentences are enough.", "تكفي بضع جمل.")),
    asked("staff", KIND.INTEGER, "How many people work there?", "كم شخصا يعمل هناك؟"),
    asked("hours", KIND.DECIMAL, "How many hours a day is it open?", "كم ساعة يفتح يوميا؟"),
    asked("covered", KIND.PERCENT, "Which share of needs is met?", "ما نسبة الاحتياجات الملباة؟"),
    asked("trust", KIND.INTEGER, "How much do people trust it?", "ما مدى ثقة الناس به؟",
          range=Range(start=0, end=10, step=1),
          hints=said("From 0 (not at all) to 10 (fully).", "من 0 (إطلاقا) إلى 10 (تماما).")),
    asked("budget", KIND.MONEY, "What is its yearly budget?", "ما ميزانيته السنوية؟",
          currencies=("CHF", "KES", "USD")),
    asked("opened", KIND.DATE, "When was it opened?", "متى افتتح؟"),
    asked("plan", KIND.MONTH, "Since when is there a plan?", "منذ متى توجد خطة؟"),
    asked("opens_at", KIND.TIME, "When does it open?", "متى يفتح؟"),
    asked("meeting", KIND.DATE_TIME, "When is the next meeting?", "متى الاجتماع القادم؟"),
    asked("per_person", KIND.CALCULATED, "Budget per person", "الميزانية لكل شخص",
          calculation={"value": "12"}),
    asked("listed_as", KIND.SHORT_TEXT, "Listed as", "مدرج باسم", read_only=True),
)  # fmt: skip
CHOSEN = (
    asked("active", KIND.YES_NO, "Is it open to everybody?", "هل هو مفتوح للجميع؟"),
    asked("agreed", KIND.ACKNOWLEDGE, "The board has agreed to these answers.",
          "وافق المجلس على هذه الإجابات."),
    asked("main", KIND.CHOOSE_ONE, "Which service matters most?", "ما أهم خدمة؟", choices=SERVICES,
          group="services"),
    asked("given", KIND.CHOOSE_MANY, "Which services are given?", "ما الخدمات المقدمة؟",
          choices=SERVICES, group="services"),
    asked("country", KIND.CHOOSE_ONE, "From which country do most come?", "من أي بلد يأتي معظمهم؟",
          choices=COUNTRIES, appearance=("minimal",), group="services"),
    asked("passing", KIND.CHOOSE_MANY, "Through which countries?", "عبر أي بلدان؟",
          choices=COUNTRIES, group="services"),
    asked("ready", KIND.RATING, "How ready is the office?", "ما مدى جاهزية المكتب؟", choices=SCALE,
          group="scales"),
    asked("by_place", KIND.MATRIX, "How well are people reached?", "كيف يتم الوصول إلى الناس؟",
          choices=SCALE, items=PLACES, group="scales"),
    asked("first_two", KIND.RANKING, "Which two places come first?", "ما أول مكانين؟",
          choices=PLACES, top=2, group="orders"),
    asked("in_order", KIND.RANKING, "Put the places in order.", "رتب الأماكن.", choices=PLACES,
          ties=True, group="orders"),
    asked("shares", KIND.POINTS, "Share out 100 points.", "وزع 100 نقطة.", items=PLACES, total=100,
          group="orders"),
    asked("remark", KIND.NOTE, "Nearly done.", "أوشكت على الانتهاء."),
)  # fmt: skip
ADDED = (
    asked("evidence", KIND.FILE, "Add the plan, if there is one.", "أضف الخطة إن وجدت."),
    asked(
        "partners", KIND.REPEAT, "Partner", "الشريك",
        questions=(
            asked("partner", KIND.SHORT_TEXT, "What is it called?", "ما اسمه؟", required=True),
            asked("since", KIND.INTEGER, "Since which year?", "منذ أي عام؟"),
            asked("works_in", KIND.CHOOSE_MANY, "Where does it work?", "أين يعمل؟", choices=PLACES),
            asked("agreement", KIND.FILE, "Its agreement", "اتفاقيته"),
            asked("visits", KIND.REPEAT, "Visit", "الزيارة",
                  questions=(asked("visited", KIND.DATE, "When?", "متى؟"),)),
        ),
    ),
)  # fmt: skip
GROUPS = (
    Group(code="services", texts=said("Services", "الخدمات")),
    Group(code="scales", texts=said("Scales", "المقاييس"), hints=said("As of today.", "اليوم.")),
    Group(code="orders", texts=said("Orders", "الترتيب")),
)
EVERYTHING = Questionnaire(
    code="everything",
    texts=said("Every kind of question", "كل أنواع الأسئلة"),
    languages=("en", "ar"),
    sections=(
        Section(code="written", texts=said("Written", "الكتابة"), questions=WRITTEN),
        Section(code="chosen", texts=said("Chosen", "الاختيار"), questions=CHOSEN, groups=GROUPS),
        Section(code="added", texts=said("Added", "الإضافة"), questions=ADDED),
    ),
)
