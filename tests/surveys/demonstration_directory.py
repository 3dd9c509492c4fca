"""A directory for the invented answers: the regions' true sizes, mostly Societies of no country."""

from collections import Counter

from surveys.demonstration_profiles import ANSWERING

Directory = list[tuple[str, str]]

SIZES = {"africa": 48, "americas": 35, "asia_pacific": 38, "europe_central_asia": 54, "mena": 17}
"""How many National Societies each region has: N of the weights."""


def directory() -> Directory:
    """192 Societies: those made to answer, those kept silent, and fillers of no country."""
    known = [
        (society, region)
        for region, by_language in ANSWERING.items()
        for societies in by_language.values()
        for society in societies.split()
    ]
    silent = {"KEN": "africa", "FRA": "europe_central_asia", "SWE": "europe_central_asia"}
    silent |= {"JOR": "mena", "EGY": "mena", "AUS": "asia_pacific", "MDV": "asia_pacific"}
    held = Counter(region for _, region in known) + Counter(silent.values())
    fillers = [
        (f"{region}{i:02}", region)
        for region, size in SIZES.items()
        for i in range(held[region], size)
    ]
    return known + list(silent.items()) + fillers
