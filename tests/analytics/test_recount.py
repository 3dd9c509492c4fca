"""Every figure of every table equals a recount from the stored answers, read by plain SQL."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import Session, select

from movement.models import Role
from surveys.definition import Question, Questionnaire
from surveys.models import QuestionnaireVersion
from tests.analytics.demonstrated import PLACE, WAVE, browser, command, load, tabulated

Part = tuple[str | None, list[Any], float | None]
Stored = list[tuple[str, Any]]
SIZES = {"africa": 48, "americas": 35, "asia_pacific": 38, "europe_central_asia": 54, "mena": 17}


def stored(session: Session, code: str) -> Stored:
    """(region, answer) of each submitted response, None where it has no answer."""
    rows = session.execute(
        text("SELECT region_code, answers FROM response WHERE state = 'submitted'")
    )
    read = [(region, json.loads(a) if isinstance(a, str) else a) for region, a in rows]
    return [(region, answers.get(code)) for region, answers in read]


def code(answer: Any) -> Any:
    return answer["choice"] if isinstance(answer, dict) else answer


def number(answer: Any) -> int | None:
    return answer if isinstance(answer, int) else None


def places(question: Question, answer: Any) -> list[Part]:
    found: list[Part] = []
    for choice in question.choices:
        ranked = choice.code in answer
        hits = [answer.index(choice.code) + 1, "any"] if ranked else []
        found.append((choice.code, hits, None))
    return found


PARTS: dict[str, Callable[[Question, Any], list[Part]]] = {
    "choose_one": lambda _q, a: [(None, [code(a)], None)],
    "choose_many": lambda _q, a: [(None, [code(one) for one in a], None)],
    "yes_no": lambda _q, a: [(None, ["yes" if a else "no"], None)],
    "rating": lambda _q, a: [(None, [a], number(a))],
    "integer": lambda _q, a: [(None, [], a)],
    "matrix": lambda _q, a: [(item, [value], number(value)) for item, value in a.items()],
    "points": lambda q, a: [(row.code, [], a.get(row.code, 0)) for row in q.items],
    "ranking": places,
}
"""(item, what it hits, its number) of one answer, written apart from the code under test."""


def recount(question: Question, rows: Stored, row: dict[str, Any]) -> dict[str, Any]:
    """The row's figures, from the answers of its group."""
    submitted = [region for region, _ in rows]
    weight = {region: SIZES[region] / submitted.count(region) for region in set(submitted)}
    inside = [(r, a) for r, a in rows if row["group"] in ("all", r) and a is not None]
    said = [
        (weight[r], hits, given)
        for r, a in inside
        for item, hits, given in PARTS[question.kind.value](question, a)
        if item == row["item"]
    ]
    if row["value"] is None:
        numbers = [(w, given) for w, _, given in said if given is not None]
        base = len(numbers)
        mean = sum(n for _, n in numbers) / base if base else None
        heavy = sum(w for w, _ in numbers)
        weighted = sum(w * n for w, n in numbers) / heavy if heavy else None
        return {"n": base, "base": base, "mean": mean, "weighted_mean": weighted}
    base, hit = len(said), [w for w, hits, _ in said if row["value"] in hits]
    heavy = sum(w for w, _, _ in said)
    return {
        "n": len(hit),
        "base": base,
        "share": len(hit) / base if base else None,
        "weighted_share": sum(hit) / heavy if heavy else None,
    }


@pytest.mark.both_databases
@pytest.mark.timeout(300)
def test_every_cell_equals_a_recount_and_a_deleted_response_is_gone_everywhere(
    app: Flask, session: Session, tmp_path: Any
) -> None:
    load(app)
    version = session.exec(select(QuestionnaireVersion)).one()
    questionnaire = Questionnaire.model_validate(version.definition)
    asked = [q for q in questionnaire.questions() if q.kind.value in PARTS]

    for question in asked:
        rows = stored(session, question.code)
        for words in ([], ["--by", "region"]):
            table = tabulated(app, question.code, "--weighted", *words)
            assert table["N"] == 192
            assert table["n"] == sum(answer is not None for _, answer in rows)
            for row in table["rows"]:
                expected = recount(question, rows, row)
                assert {key: row[key] for key in expected} == pytest.approx(expected), row

    chair = browser(app, session, Role.CO_CHAIR)
    assert "51 of 192" in chair.get(f"{PLACE}/").text
    session.execute(
        text("DELETE FROM response WHERE id IN (SELECT id FROM response ORDER BY id LIMIT 1)")
    )
    session.commit()

    participation = chair.get(f"{PLACE}/").text
    assert "50 of 192" in participation
    assert "51 of 192" not in participation
    assert "50 of the 50" in chair.get(f"{PLACE}/sections/priorities").text
    assert "50 of the 50" in chair.get(f"{PLACE}/tables/priorities_top.all.csv").text
    assert tabulated(app, "priorities_top")["n"] == 50
    exported = command(app, "analytics", "export", WAVE, "--format", "csv", "--out", str(tmp_path))
    assert exported["responses"] == 50
    assert len((tmp_path / "responses.csv").read_text("utf-8-sig").splitlines()) == 51
