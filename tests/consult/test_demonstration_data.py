"""The demonstration's zero draft and contributions keep to the rules that real ones obey."""

import re
from collections import Counter
from typing import Any

import pytest

from movement import directory_data
from tests.consult.demonstration_files import (
    LANGUAGES,
    complete,
    contributions,
    data,
    language_of_societies,
    lines,
    marker,
    speakers,
    words,
)

INVENTED = {"en": "invented", "fr": "inventé", "es": "inventado", "ar": "خيالي"}
EXPLAINED = {"partly", "not_accepted", "noted", "duplicate", "out_of_scope", "carried_over"}
NETWORKS = {"apmn", "sahel_plus"}


def rows(**wanted: Any) -> list[dict[str, Any]]:
    """The contributions that have these values."""
    return [
        row
        for row in contributions().values()
        if all(row[name] == value for name, value in wanted.items())
    ]


def amendments(kind: str) -> list[dict[str, Any]]:
    return rows(kind="amendment", proposal_kind=kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zero_draft_has_the_same_blocks_in_each_language(language: str) -> None:
    english = [marker(line) for line in lines("en")]

    assert [marker(line) for line in lines(language)] == english
    assert all(words(language, block).strip() for block in range(len(english)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zero_draft_refers_to_each_footnote_once_and_in_the_same_block(language: str) -> None:
    def places(of: str) -> list[tuple[int, str]]:
        blocks = enumerate(words(of, block) for block in range(len(lines(of))))
        return [(block, key) for block, text in blocks for key in re.findall(r"\[\^(\w+)\]", text)]

    footnotes = re.findall(r"^\[\^(\w+)\]: ", "\n".join(lines(language)), re.MULTILINE)

    assert places(language) == places("en")
    assert sorted(key for _block, key in places(language)) == sorted(footnotes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zero_draft_says_first_of_all_that_it_is_invented(language: str) -> None:
    assert marker(lines(language)[1]) == ""
    assert INVENTED[language] in words(language, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marks_of_a_block_are_the_same_in_each_language(language: str) -> None:
    def marks(text: str) -> list[str]:
        return re.findall(r"\*\*|\*", text)

    for block in range(len(lines("en"))):
        assert marks(words(language, block)) == marks(words("en", block))


def test_four_hundred_contributions_come_from_sixty_societies_and_two_networks() -> None:
    voices = {row["organisation"] for row in rows()}

    assert [row["n"] for row in data("contributions")] == list(range(1, 401))
    assert voices & NETWORKS == NETWORKS
    assert len(voices - NETWORKS) == 60
    assert voices - NETWORKS <= set(language_of_societies())


def test_the_voices_are_spread_over_the_regions_as_societies_are() -> None:
    directory = {society.code: society.region_code for society in directory_data.societies()}
    societies = {row["organisation"] for row in rows()} - NETWORKS

    heard = Counter(directory[code] for code in societies)

    for region, size in Counter(directory.values()).items():
        assert abs(heard[region] - 60 * size / len(directory)) < 1


def test_a_society_writes_in_its_language_of_correspondence() -> None:
    languages = language_of_societies()
    foreign = [
        row["n"]
        for row in rows()
        if row["organisation"] in languages
        and row["language"] != (languages[row["organisation"]] or "en")
    ]

    assert foreign == []


def test_sponsors_are_other_voices_of_the_directory() -> None:
    joint = [row for row in rows() if row["sponsors"]]

    assert len(joint) == 12
    for row in joint:
        assert set(row["sponsors"]) <= speakers() - {row["organisation"]}
        assert len(set(row["sponsors"])) == len(row["sponsors"])


def test_a_contribution_names_a_block_that_fits_its_scope() -> None:
    for row in rows():
        block = row["paragraph"]
        assert (block is None) == (row["scope"] == "whole")
        if block is not None:
            heading = lines("en")[block].startswith("#")
            assert heading == (row["scope"] == "section")


def test_a_quote_stands_once_in_the_paragraph_it_is_taken_from() -> None:
    quoting = [row for row in rows() if row["quote"]]

    assert {row["n"] for row in rows(scope="selection")} == {row["n"] for row in quoting}
    for row in quoting:
        assert words(row["language"], row["paragraph"]).count(row["quote"]) == 1


def test_a_replacement_changes_the_paragraph_but_keeps_most_of_its_words() -> None:
    assert amendments("replace")
    for row in amendments("replace"):
        before = words(row["language"], row["paragraph"])
        kept = Counter(before.split()) & Counter(row["proposal"].split())
        assert row["proposal"] != before
        assert kept.total() > len(before.split()) / 3


def test_an_insertion_has_a_text_and_a_deletion_none() -> None:
    assert all(row["proposal"].strip() for row in amendments("insert_after"))
    assert {row["proposal"] for row in amendments("delete")} == {None}
    assert all(row["proposal_kind"] is None for row in rows() if row["kind"] != "amendment")


def test_no_proposal_names_a_footnote_by_the_zero_drafts_key() -> None:
    assert [row["n"] for row in rows() if "[^" in (row["proposal"] or "")] == []


def test_an_organisation_takes_one_position_on_a_paragraph_at_most() -> None:
    positions = Counter((row["organisation"], row["paragraph"]) for row in rows(kind="position"))

    assert [place for place, times in positions.items() if times > 1] == []
    assert {row["n"] for row in rows() if row["position"]} == {
        row["n"] for row in rows(kind="position")
    }


def test_every_contribution_says_something_and_a_concern_says_why() -> None:
    silent = [row for row in rows() if not row["text"].strip()]

    assert {row["position"] for row in silent} <= {"support", "can_live_with"}
    assert rows(position="concern")
    assert rows(position="object")


def test_whatever_is_not_accepted_is_explained_in_the_contributors_language() -> None:
    for row in rows():
        reason = row["disposition"]["reason"]
        languages = {"en", row["language"]}
        assert set(reason) in ({frozenset()} if not reason else {frozenset(languages)})
        assert reason or row["disposition"]["outcome"] == "accepted"
        assert all(text.strip() for text in reason.values())
    assert {row["disposition"]["outcome"] for row in rows()} == {*EXPLAINED, "accepted"}


def test_a_duplicate_points_to_one_that_is_decided_itself() -> None:
    for row in rows():
        decided = row["disposition"]
        assert (decided["outcome"] == "duplicate") == (decided["duplicate_of"] is not None)
        if decided["duplicate_of"] is not None:
            original = contributions()[decided["duplicate_of"]]
            assert original["disposition"]["outcome"] != "duplicate"
            assert original["paragraph"] == row["paragraph"]
            assert original["kind"] == row["kind"]


def test_themes_and_frameworks_are_used_and_titled_in_each_language() -> None:
    codes = data("codes")

    for kind in ("themes", "frameworks"):
        titles = {entry["code"]: entry["titles"] for entry in codes[kind]}
        assert len(titles) == len(codes[kind])
        assert all(complete(title) for title in titles.values())
        assert {code for row in rows() for code in row[kind]} == set(titles)
