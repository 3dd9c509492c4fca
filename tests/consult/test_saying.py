"""What may be said of a draft: the rules that every way in obeys, without a database."""

import pytest

from consult.models import ContributionKind, ProposalKind, Scope, Stance
from consult.services.saying import BadContribution, Said, tidied
from tests.consult.arranged import a_text, lineage
from tests.consult.speaking import AMENDMENT, COMMENT, a_comment, a_position, an_amendment

TEXT = a_text()


def refused(said: Said) -> set[str]:
    """The fields that are refused."""
    with pytest.raises(BadContribution) as error:
        tidied(said, TEXT)
    return set(error.value.problems)


def test_words_are_stored_in_canonical_form() -> None:
    said = tidied(an_amendment("Needs *first*\r\nand last "), TEXT)

    assert said.proposal == "Needs *first*\u2028and last"


@pytest.mark.parametrize("stance", [Stance.CONCERN, Stance.OBJECT])
def test_a_concern_or_objection_needs_a_reason(stance: Stance) -> None:
    assert refused(a_position(stance)) == {"text"}
    assert tidied(a_position(stance, text="Too narrow."), TEXT).stance is stance


@pytest.mark.parametrize("stance", [Stance.SUPPORT, Stance.CAN_LIVE_WITH])
def test_who_agrees_need_not_say_why(stance: Stance) -> None:
    assert tidied(a_position(stance), TEXT).stance is stance


def test_an_amendment_proposes_other_words() -> None:
    assert refused(an_amendment("Societies act on needs alone. ")) == {"proposal"}
    assert refused(an_amendment("   ")) == {"proposal"}


def test_a_deletion_needs_no_words() -> None:
    said = tidied(an_amendment("ignored", proposal_kind=ProposalKind.DELETE), TEXT)

    assert said.proposal is None


def test_a_quote_is_found_in_the_paragraph_as_it_stands_there() -> None:
    said = tidied(a_comment(quote="  act on\n needs "), TEXT)

    assert (said.scope, said.quote, said.quote_start) == (Scope.SELECTION, "act on needs", 10)


def test_of_two_places_of_a_quote_the_nearer_is_meant() -> None:
    text = "Societies act on needs alone."
    last = tidied(a_comment(quote="e", quote_start=text.rindex("e")), TEXT)

    assert last.quote_start == text.rindex("e")


def test_a_quote_that_is_not_there_is_refused() -> None:
    assert refused(a_comment(quote="other words")) == {"quote"}


def test_an_arabic_paragraph_is_quoted_in_arabic() -> None:
    said = Said(COMMENT, "ar", lineage=lineage("p1"), text="نعم", quote="الاحتياجات")

    assert tidied(said, TEXT).quote == "الاحتياجات"


def test_the_paragraph_must_be_in_the_draft() -> None:
    assert refused(a_comment(at="nowhere")) == {"lineage"}
    assert refused(a_position(at="nowhere")) == {"lineage"}


def test_the_language_must_be_one_of_the_drafts() -> None:
    assert refused(Said(COMMENT, "fr", lineage=lineage("p1"), text="Oui")) == {"language"}


def test_a_section_is_spoken_of_by_its_heading() -> None:
    assert refused(a_comment(scope=Scope.SECTION)) == {"scope"}
    assert tidied(a_comment(at="h", scope=Scope.SECTION), TEXT).lineage == lineage("h")


def test_the_whole_text_has_no_paragraph() -> None:
    said = tidied(a_comment(scope=Scope.WHOLE, quote="act"), TEXT)

    assert (said.lineage, said.quote) == (None, "")


def test_invisible_characters_and_endless_texts_are_refused() -> None:
    assert refused(a_comment("a\x00b")) == {"text"}
    assert refused(a_comment("a" * 10_001)) == {"text"}
    assert refused(an_amendment("a" * 20_001)) == {"proposal"}


def test_a_proposal_refers_to_no_footnote_that_is_not_there() -> None:
    assert refused(an_amendment("As said.[^0123abcd]")) == {"proposal"}


def test_what_belongs_to_another_kind_is_left_out() -> None:
    said = tidied(
        Said(ContributionKind.POSITION, "en", lineage=lineage("p1"), stance=Stance.SUPPORT,
             proposal="x", quote="act", proposal_kind=ProposalKind.REPLACE), TEXT,
    )  # fmt: skip

    assert (said.proposal, said.proposal_kind, said.quote) == (None, None, "")


def test_an_amendment_says_what_it_does() -> None:
    assert refused(Said(AMENDMENT, "en", lineage=lineage("p1"), proposal="x")) == {"proposal_kind"}
