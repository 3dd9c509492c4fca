"""What the invented answers lean towards, region by region.

Plain tables: how many Societies answer, what each region makes of every theme, challenge and
investment. They are made up, within what was published of the early-2020 wave: how many answered
in each region, and which themes, challenge and investment came first of all. It refuses to know
how single answers are drawn (`surveys.demonstration_answers`).
"""

REGIONS = ("europe_central_asia", "asia_pacific", "americas", "africa", "mena")
"""The order of the columns below."""

MARGINS = dict(zip(REGIONS, (18, 14, 9, 8, 2), strict=True))
"""How many National Societies answered, by region: the published margins, 51 in all."""

SILENT = frozenset({"KEN", "FRA", "JOR", "EGY", "AUS", "MDV", "SWE"})
"""Left without an answer: a demonstration in each language needs a Society that is still to
answer, and those that led the real process are given no invented views."""

ANSWERING: dict[str, dict[str, str]] = {
    "europe_central_asia": {
        "en": "AUT BGR DEU DNK EST FIN GRC IRL ISL ITA KGZ MNE NLD NOR PRT",
        "fr": "BEL LUX",
        "es": "ESP",
    },
    "asia_pacific": {"en": "BGD COK FJI IDN IND JPN KOR MNG MYS NPL NZL PHL THA TON"},
    "americas": {"en": "BRA CAN JAM", "fr": "HTI", "es": "ARG CHL COL CRI URY"},
    "africa": {"en": "BWA GHA NAM ZMB", "fr": "BEN CMR MDG SEN"},
    "mena": {"ar": "KWT MAR"},
}
"""Who answers where the directory has them in these regions, by the language they answer in."""

LANGUAGES: dict[str, str] = {
    society: language
    for by_language in ANSWERING.values()
    for language, societies in by_language.items()
    for society in societies.split()
}
"""The language of each Society above, by ISO 3166 code; any other answers in English."""

Profile = dict[str, tuple[float, float, float, float, float]]
"""A figure for each region, in the order of `REGIONS`, by item."""

PRIORITIES: Profile = {
    "conflict_violence": (4.4, 4.3, 4.4, 4.8, 4.5),
    "climate_change": (4.0, 4.6, 4.2, 4.4, 4.0),
    "livelihoods": (3.3, 3.7, 4.0, 4.2, 3.5),
    "family_links": (3.9, 3.4, 3.8, 4.0, 4.0),
    "health": (3.7, 3.9, 3.6, 3.9, 3.5),
    "trafficking": (3.3, 3.9, 3.4, 3.5, 3.5),
    "children": (3.8, 3.3, 4.0, 3.5, 3.5),
    "exclusion": (4.0, 3.1, 3.7, 3.0, 3.0),
    "route_safety": (3.7, 3.0, 4.1, 3.8, 4.0),
    "return_reintegration": (3.0, 3.4, 3.3, 3.2, 3.0),
}
"""The mean importance of each theme, from 1 to 5. Every region sees it differently, yet conflict
and violence, then climate change, stay first of all, weighted or not."""

CHALLENGES: Profile = {
    "access_services": (4.7, 4.3, 4.6, 4.4, 4.5),
    "reaching_migrants": (3.5, 3.7, 3.8, 4.0, 4.0),
    "lasting_funding": (4.0, 4.1, 4.1, 4.6, 4.0),
    "trained_people": (3.4, 3.9, 3.7, 3.9, 3.5),
    "personal_data": (3.5, 3.2, 3.3, 2.9, 3.0),
    "public_attitudes": (4.0, 3.0, 3.8, 2.9, 3.0),
    "laws_rules": (4.1, 3.6, 3.7, 3.2, 3.5),
    "coordination": (3.5, 3.6, 3.4, 3.7, 4.0),
    "work_across_borders": (3.3, 3.3, 3.9, 3.8, 3.5),
    "migrants_voice": (3.4, 3.2, 3.4, 3.1, 3.0),
}
"""The mean size of each challenge, from 1 to 5."""

INVESTMENTS: Profile = {
    "movement_strategy": (24, 20, 22, 22, 20),
    "training": (11, 15, 12, 18, 15),
    "service_points": (10, 8, 15, 13, 15),
    "route_programmes": (11, 9, 16, 14, 10),
    "regional_networks": (10, 16, 10, 9, 10),
    "humanitarian_diplomacy": (14, 8, 10, 6, 10),
    "research": (8, 9, 5, 4, 5),
    "guidance": (6, 9, 5, 8, 10),
    "participation": (6, 6, 5, 6, 5),
}
"""The points each region would give out of 100; every column sums to 100."""

NETWORKED = dict(zip(REGIONS, (0.7, 0.7, 0.5, 0.5, 0.5), strict=True))
"""The share that already belongs to a regional network."""


def column(profile: Profile, region: str) -> dict[str, float]:
    """One region's figures by item, in the items' order."""
    place = REGIONS.index(region)
    return {item: figures[place] for item, figures in profile.items()}
