"""Accepted amendments in a change set: any order gives the same, and no conflict goes unseen."""

from uuid import uuid5

from hypothesis import assume, given
from hypothesis import strategies as st

from consult.changes.applying import apply
from consult.changes.composing import Way, composed, conflicting, unsettled
from consult.changes.operations import Delete, Merge, Move, Operation, Replace, Split
from consult.changes.taking import Accepted, Taken, Waiting, Why, take
from tests.consult.arranged import NAMES, a_text, block, lineage

BASE = a_text()
P1 = BASE.blocks[1].texts["en"]
ALWAYS = P1.replace("needs alone", "needs alone, always")
ALL = P1.replace("Societies", "All Societies")
PEOPLE = P1.replace("needs alone", "needs of people")


def accepted(number: int, text: str | None, at: str = "p1", **more: object) -> Accepted:
    named = {"language": "en", **{k: v for k, v in more.items() if k == "language"}}
    rest = {k: v for k, v in more.items() if k != "language"}
    way = Way(uuid5(NAMES, str(number)), lineage(at), str(named["language"]), text)
    return Accepted(way, number, **rest)  # type: ignore[arg-type]  # a test names what it means


def taken(*groups: list[Accepted], already: list[Operation] | None = None) -> Taken:
    """Taken group by group, one after the other."""
    operations = tuple(already or ())
    waiting: list[Waiting] = []
    known = {one.way.contribution: one for group in groups for one in group}
    for group in groups:
        step = take(BASE, operations, group, known)
        operations = step.operations
        waiting += step.waiting
    return Taken(operations, tuple(waiting))


def text(of: Taken, at: str = "p1") -> str:
    block = apply(BASE, of.operations).find(lineage(at))
    assert block is not None
    return block.texts["en"]


def test_amendments_of_one_paragraph_become_one_replacement_that_names_them_all() -> None:
    one, two = accepted(1, ALWAYS), accepted(2, ALL)

    found = taken([one, two])

    (operation,) = found.operations
    assert isinstance(operation, Replace)
    assert operation.contributions == (one.way.contribution, two.way.contribution)
    assert text(found) == "All Societies act on needs alone, always."
    assert found.waiting == ()


def test_one_taken_later_joins_the_same_replacement() -> None:
    first = taken([accepted(1, ALWAYS)], [accepted(2, ALL)])
    second = taken([accepted(2, ALL)], [accepted(1, ALWAYS)])

    assert [len(one.operations) for one in (first, second)] == [1, 1]
    assert text(first) == text(second) == "All Societies act on needs alone, always."


def test_conflicting_amendments_wait_for_the_drafter() -> None:
    found = taken([accepted(1, ALWAYS), accepted(2, PEOPLE)])

    assert found.operations == ()
    (waiting,) = found.waiting
    assert waiting.why is Why.CONFLICT
    assert [one.number for one in waiting.accepted] == [1, 2]


def test_a_deletion_conflicts_with_other_words_and_agrees_with_a_deletion() -> None:
    conflict = taken([accepted(1, None), accepted(2, ALL)])
    agreed = taken([accepted(1, None)], [accepted(3, None)])

    assert [one.why for one in conflict.waiting] == [Why.CONFLICT]
    (operation,) = agreed.operations
    assert isinstance(operation, Delete)
    assert len(operation.contributions) == 2


def test_what_was_accepted_in_part_or_in_another_language_waits() -> None:
    found = taken([accepted(1, ALL, whole=False), accepted(2, "نص", language="ar")])

    assert found.operations == ()
    assert {one.why for one in found.waiting} == {Why.PARTLY, Why.LANGUAGE}


def test_what_speaks_of_a_paragraph_that_is_gone_waits() -> None:
    found = taken([accepted(1, ALL)], already=[Delete(lineage=lineage("p1"), note="Said above.")])

    assert [one.why for one in found.waiting] == [Why.GONE]


def test_the_drafters_own_words_are_kept_where_both_fit() -> None:
    own = Replace(lineage=lineage("p1"), texts={"en": ALWAYS}, note="Clearer.")

    fits = taken([accepted(1, ALL)], already=[own])
    not_so = taken([accepted(1, PEOPLE)], already=[own])

    assert text(fits) == "All Societies act on needs alone, always."
    assert [one.why for one in not_so.waiting] == [Why.CONFLICT]
    assert text(not_so) == ALWAYS


def test_new_paragraphs_stand_by_their_numbers_whenever_they_were_taken() -> None:
    news = [accepted(n, f"New {n}.", inserts=True) for n in (1, 2, 3)]

    together = taken(news)
    apart = taken([news[2]], [news[0]], [news[1]])

    for found in (together, apart):
        texts = [block.texts["en"] for block in apply(BASE, found.operations).blocks]
        assert texts[2:5] == ["New 1.", "New 2.", "New 3."]


def test_a_new_paragraph_that_an_earlier_draft_took_waits_for_the_drafter() -> None:
    again = accepted(1, "New 1.", inserts=True)
    text_with_it = apply(BASE, taken([again]).operations)

    found = take(text_with_it, (), [again, accepted(2, "New 2.", inserts=True)], {})

    assert [(one.why, one.accepted) for one in found.waiting] == [(Why.CONFLICT, (again,))]
    assert len(found.operations) == 1


def test_a_new_paragraph_can_follow_one_that_goes() -> None:
    found = taken([accepted(1, None)], [accepted(2, "New.", inserts=True)])

    texts = [block.texts["en"] for block in apply(BASE, found.operations).blocks]
    assert texts[:2] == [BASE.blocks[0].texts["en"], "New."]


WORDS = st.lists(
    st.sampled_from(["all", "act", "on", "needs", "always", "of,", "and."]), max_size=6
)


@st.composite
def proposals(draw: st.DrawFn) -> list[Accepted]:
    """Up to four accepted amendments of two paragraphs: other words, new ones, deletions."""
    found = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        at = draw(st.sampled_from(["p1", "p2"]))
        block = BASE.find(lineage(at))
        assert block is not None
        words = block.texts["en"].split(" ")
        place = draw(st.integers(0, len(words)))
        cut = draw(st.integers(place, min(place + 2, len(words))))
        new = " ".join([*words[:place], *draw(WORDS), *words[cut:]])
        kind = draw(st.sampled_from(["reword", "reword", "insert", "delete"]))
        made = None if kind == "delete" else new
        found.append(accepted(number, made, at, inserts=kind == "insert"))
    return found


@given(proposals(), st.data())
def test_amendments_that_do_not_conflict_commute(
    given_: list[Accepted], data: st.DataObject
) -> None:
    at_once = taken(given_)
    assume(not at_once.waiting)
    order = data.draw(st.permutations(given_))

    one_by_one = taken(*([one] for one in order))

    assert one_by_one.waiting == ()
    assert apply(BASE, one_by_one.operations) == apply(BASE, at_once.operations)


@given(proposals(), st.data())
def test_no_conflict_enters_a_change_set(given_: list[Accepted], data: st.DataObject) -> None:
    order = data.draw(st.permutations(given_))

    found = taken(*([one] for one in order))

    ways = {one.way.contribution: one.way for one in given_ if not one.inserts}
    assert unsettled(BASE, found.operations, ways) == []
    behind = {one for operation in found.operations for one in operation.contributions}
    waiting = {one.way.contribution for left in found.waiting for one in left.accepted}
    assert behind | waiting == {one.way.contribution for one in given_}


def test_a_change_set_with_both_sides_of_a_conflict_needs_the_drafters_note() -> None:
    one, two = accepted(1, ALWAYS).way, accepted(2, PEOPLE).way
    ways = {way.contribution: way for way in (one, two)}
    both = (one.contribution, two.contribution)
    silent = Replace(lineage=lineage("p1"), texts={"en": ALWAYS}, contributions=both)
    apart: list[Operation] = [
        Replace(lineage=lineage("p1"), texts={"en": PEOPLE}, contributions=(both[1],), note="x"),
        Replace(lineage=lineage("p1"), texts={"en": ALWAYS}, contributions=(both[0],), note="x"),
    ]

    assert [found.lineage for found in unsettled(BASE, [silent], ways)] == [lineage("p1")]
    assert [found.lineage for found in unsettled(BASE, apart, ways)] == [lineage("p1")]
    settled = silent.model_copy(update={"note": "Always, for people."})
    assert unsettled(BASE, [settled], ways) == []
    moved = Move(lineage=lineage("p1"), contributions=tuple(ways), note="Stands better here.")
    assert unsettled(BASE, [*apart, moved], ways), "a note on something else settles nothing"


def test_a_conflict_is_one_whatever_the_order() -> None:
    one, two = accepted(1, ALWAYS).way, accepted(2, PEOPLE).way

    assert conflicting(P1, [one, two])
    assert conflicting(P1, [two, one])
    assert composed(P1, [one, one]).text == ALWAYS


def test_a_deletion_contradicts_words_in_any_language() -> None:
    words, gone = accepted(1, ALWAYS).way, accepted(2, None, language="ar").way
    ways = {way.contribution: way for way in (words, gone)}
    operations: list[Operation] = [
        Replace(
            lineage=lineage("p1"), texts={"en": ALWAYS}, contributions=(words.contribution,)
        ),
        Delete(lineage=lineage("p1"), contributions=(gone.contribution,)),
    ]  # fmt: skip

    (found,) = unsettled(BASE, operations, ways)

    assert found.lineage == lineage("p1")
    assert set(found.contributions) == set(ways)
    answered = Delete(lineage=lineage("p1"), contributions=tuple(ways), note="Not needed.")
    assert unsettled(BASE, [answered], ways) == []


def test_words_of_a_part_contradict_what_was_followed_for_the_whole_paragraph() -> None:
    one, two = accepted(1, ALWAYS).way, accepted(2, PEOPLE).way
    ways = {way.contribution: way for way in (one, two)}
    parts = (block("a", "Societies act"), block("b", "on needs alone, always."))
    divided = Split(lineage=lineage("p1"), into=parts, contributions=(one.contribution,))
    merged = Merge(
        lineages=(lineage("p1"), lineage("p2")), into=block("b", ALWAYS),
        contributions=(one.contribution,),
    )  # fmt: skip
    words = {"en": "on needs of people."}
    after = Replace(lineage=lineage("b"), texts=words, contributions=(two.contribution,))
    noted = after.model_copy(update={"contributions": tuple(ways), "note": "People come first."})

    for reshaped in (divided, merged):
        (found,) = unsettled(BASE, [reshaped, after], ways)
        assert set(found.contributions) == set(ways)
        assert unsettled(BASE, [reshaped, noted], ways) == []
