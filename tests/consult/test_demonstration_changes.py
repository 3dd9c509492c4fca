"""The demonstration's change set, pledges, reports and meeting hang together with its texts."""

import re
from datetime import date
from typing import Any

from tests.consult.demonstration_files import (
    LANGUAGES,
    complete,
    contributions,
    data,
    lines,
    speakers,
    words,
)

KINDS = {"replace", "insert", "delete", "split", "merge", "move", "relabel"}


def operations(kind: str) -> list[dict[str, Any]]:
    return [operation for operation in data("first-draft") if operation["op"] == kind]


def touched(operation: dict[str, Any]) -> list[int]:
    """The blocks an operation names, by their places in the zero draft."""
    one = [operation[name] for name in ("paragraph", "after") if name in operation]
    return [*one, *operation.get("paragraphs", [])]


def written(operation: dict[str, Any]) -> list[dict[str, str]]:
    """The texts an operation puts into the draft."""
    own = [operation["texts"]] if "texts" in operation else []
    return [*own, *(part["texts"] for part in operation.get("into", []))]


def behind(operation: dict[str, Any], **wanted: Any) -> list[dict[str, Any]]:
    """The accepted contributions an operation takes over, of those that have these values."""
    found = [contributions()[number] for number in operation["because"]]
    return [
        row
        for row in found
        if row["disposition"]["outcome"] == "accepted"
        and all(row[name] == value for name, value in wanted.items())
    ]


def accepted_for(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The accepted replacements an operation takes over, and those that say the same in it."""
    leading = behind(operation, proposal_kind="replace")
    numbers = {row["n"] for row in leading}
    same = [
        row
        for row in contributions().values()
        if row["disposition"]["duplicate_of"] in numbers and row["proposal_kind"] == "replace"
    ]
    return [*leading, *same]


def added(before: str, after: str) -> set[str]:
    return set(re.findall(r"\w+", after)) - set(re.findall(r"\w+", before))


def test_the_change_set_has_operations_of_every_kind() -> None:
    assert {operation["op"] for operation in data("first-draft")} == KINDS


def test_an_operation_names_blocks_of_the_zero_draft_and_writes_all_languages() -> None:
    for operation in data("first-draft"):
        assert touched(operation)
        assert all(0 <= block < len(lines("en")) for block in touched(operation))
        assert all(complete(texts) for texts in written(operation))


def test_an_operation_takes_over_contributions_on_its_blocks_or_is_editorial() -> None:
    for operation in data("first-draft"):
        assert operation["because"] or operation["note"].strip()
        for number in operation["because"]:
            row = contributions()[number]
            assert row["disposition"]["outcome"] in {"accepted", "partly"}
            assert row["paragraph"] in touched(operation)


def test_whatever_was_accepted_even_partly_stands_behind_an_operation() -> None:
    taken = {number for operation in data("first-draft") for number in operation["because"]}
    decided = {
        row["n"]
        for row in contributions().values()
        if row["disposition"]["outcome"] in {"accepted", "partly"}
    }

    assert decided == taken


def test_a_replacement_changes_its_paragraph_in_each_language() -> None:
    for operation in operations("replace"):
        for language in LANGUAGES:
            assert operation["texts"][language] != words(language, operation["paragraph"])


def test_one_accepted_amendment_is_taken_over_word_for_word() -> None:
    compared = 0
    for operation in operations("replace"):
        leading = behind(operation, proposal_kind="replace")
        if len(leading) != 1:
            continue
        for row in accepted_for(operation):
            assert operation["texts"][row["language"]] == row["proposal"]
            compared += 1

    assert compared > 20


def test_the_words_of_several_accepted_amendments_are_all_in_the_merged_text() -> None:
    several = [o for o in operations("replace") if len(behind(o, proposal_kind="replace")) > 1]

    assert several
    for operation in several:
        for row in accepted_for(operation):
            before = words(row["language"], operation["paragraph"])
            assert added(before, row["proposal"]) <= added(
                before, operation["texts"][row["language"]]
            )


def test_an_insertion_is_the_accepted_proposal() -> None:
    for operation in operations("insert"):
        (row,) = behind(operation, proposal_kind="insert_after")
        assert operation["texts"][row["language"]] == row["proposal"]


def test_the_parts_of_a_split_make_the_proposed_paragraph_together() -> None:
    for operation in operations("split"):
        joined = {
            language: " ".join(part["texts"][language] for part in operation["into"])
            for language in LANGUAGES
        }
        proposals = behind(operation, proposal_kind="replace")
        expected = proposals[0]["proposal"] if proposals else words("en", operation["paragraph"])
        assert len(operation["into"]) > 1
        assert joined["en"] == expected


def test_a_merge_joins_neighbours_into_one() -> None:
    for operation in operations("merge"):
        first, *others = operation["paragraphs"]
        assert others == list(range(first + 1, first + 1 + len(others)))
        assert len(operation["into"]) == 1
        for language in LANGUAGES:
            assert operation["into"][0]["texts"][language].startswith(words(language, first))


def test_no_text_of_the_change_set_names_a_footnote_by_the_zero_drafts_key() -> None:
    texts = [text for o in data("first-draft") for each in written(o) for text in each.values()]

    assert [text for text in texts if "[^" in text] == []


def test_no_block_is_written_by_two_operations() -> None:
    blocks = [
        block
        for kind in ("replace", "delete", "split", "merge")
        for operation in operations(kind)
        for block in touched(operation)
    ]

    assert len(set(blocks)) == len(blocks)


def test_pledges_name_their_makers_their_paragraphs_and_a_period() -> None:
    pledges = data("pledges")

    assert [pledge["n"] for pledge in pledges] == list(range(1, 13))
    for pledge in pledges:
        assert set(pledge["organisations"]) <= speakers()
        assert pledge["paragraphs"]
        assert all(not lines("en")[block].startswith("#") for block in pledge["paragraphs"])
        assert all(complete(pledge[name]) for name in ("titles", "texts", "focal_function"))
        assert date.fromisoformat(pledge["from_date"]) < date.fromisoformat(pledge["until_date"])
    assert {len(pledge["organisations"]) > 1 for pledge in pledges} == {True, False}


def test_outside_parties_are_invented_and_without_a_code() -> None:
    parties = [party for pledge in data("pledges") for party in pledge["outside_parties"]]

    assert {party["kind"] for party in parties} == {"partner", "state"}
    for party in parties:
        assert complete(party["names"])
        assert "invented" in party["names"]["en"]
        assert "code" not in party


def test_progress_is_reported_by_who_pledged_and_within_the_period() -> None:
    reported = [pledge for pledge in data("pledges") if pledge["progress"]]

    assert 0 < len(reported) < len(data("pledges"))
    for pledge in reported:
        days = [report["on"] for report in pledge["progress"]]
        assert days == sorted(days)
        assert all(pledge["from_date"] <= day <= pledge["until_date"] for day in days)
        for report in pledge["progress"]:
            assert report["organisation"] in pledge["organisations"]
            assert report["state"] in {"on_track", "delayed", "fulfilled"}
            assert complete(report["texts"])


def test_an_implementation_report_speaks_of_one_paragraph_and_leaves_nothing_out() -> None:
    reports = data("reports")

    assert len({(report["organisation"], report["paragraph"]) for report in reports}) == 8
    for report in reports:
        assert report["organisation"] in speakers()
        assert not lines("en")[report["paragraph"]].startswith("#")
        assert report["language"] in LANGUAGES
        parts = [report[name] for name in ("measures", "difficulties", "next_steps")]
        assert all(part.strip() for part in [*parts, *report["evidence"]])


def test_the_meeting_records_a_session_for_each_of_its_sub_themes() -> None:
    meeting = data("meeting")
    subthemes = [subtheme["code"] for subtheme in meeting["subthemes"]]

    assert [session["subtheme"] for session in meeting["sessions"]] == subthemes
    assert {meeting["network"], *meeting["participants"]} <= speakers()
    for texts in (meeting["titles"], meeting["notice"], meeting["concept_note"], meeting["agreed"]):
        assert complete(texts)
    for named in (*meeting["subthemes"], *meeting["sessions"]):
        assert all(complete(value) for value in named.values() if isinstance(value, dict))
    frameworks = {entry["code"] for entry in data("codes")["frameworks"]}
    assert {document["framework"] for document in meeting["related_documents"]} <= frameworks


def test_statements_are_given_by_participants_and_published_with_consent_only() -> None:
    meeting = data("meeting")

    for statement in meeting["statements"]:
        assert statement["organisation"] in meeting["participants"]
        assert statement["text"].strip()
        assert complete(statement["function"])
        assert statement["consent_record"] or not statement["consent_public"]
    consents = {(s["consent_record"], s["consent_public"]) for s in meeting["statements"]}
    assert consents == {(True, True), (True, False), (False, False)}


def test_what_the_meeting_sent_came_from_the_network_as_said_at_the_meeting() -> None:
    meeting = data("meeting")
    sent = [contributions()[number] for number in meeting["contributions"]]

    assert sent
    assert {(row["organisation"], row["source"]) for row in sent} == {
        (meeting["network"], "meeting")
    }
