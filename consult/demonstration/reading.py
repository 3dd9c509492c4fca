"""The demonstration's data as a text in four languages, and the change set on it.

Identities are made of places, so that loading again gives the same ones.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from consult.changes.operations import OPERATION, Operation
from consult.text.document import Block, Document, digest_of
from consult.text.markdown import read

LANGUAGES = ("en", "fr", "es", "ar")
NAMES = UUID("7b0c2f7e-52b8-4f3e-9f43-3f1a0a6d2b11")
_FOLDER = Path(__file__).parent


@cache
def data(name: str) -> Any:
    """What a file of the demonstration holds, such as `contributions`."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def zero_draft(text: str = "strategy", years: Mapping[str, str] | None = None) -> Document:
    """The zero draft in four languages. `text`: whose identities; `years`: written otherwise."""
    read_in: dict[str, Document] = {}
    for language in LANGUAGES:
        source = (_FOLDER / f"zero-draft.{language}.md").read_text(encoding="utf-8")
        for year, other in (years or {}).items():
            source = source.replace(year, other)
        read_in[language] = read(_identified(source, text), language)
    english = read_in["en"].blocks
    names = [block.lineage for block in english]
    blocks = tuple(
        _aligned(names[place], {code: document.blocks[place] for code, document in read_in.items()})
        for place in range(len(english))
    )
    return Document(source="en", languages=LANGUAGES, blocks=blocks)


def _identified(source: str, text: str) -> str:
    """The Markdown with the identity of each block before it, by its place."""
    lines: list[str] = []
    place = 0
    for line in source.split("\n"):
        if line.strip():
            lines.append(f"<!-- lineage: {lineage(text, place)} -->")
            place += 1
        lines.append(line)
    return "\n".join(lines)


def lineage(text: str, place: int) -> UUID:
    """The identity of the block at this place of the zero draft."""
    return uuid5(NAMES, f"{text}/{place}")


def _aligned(name: UUID, in_each: Mapping[str, Block]) -> Block:
    texts = {code: block.texts[code] for code, block in in_each.items()}
    source = digest_of(texts["en"])
    made_from = {code: source for code in texts if code != "en"}
    return in_each["en"].model_copy(
        update={"lineage": name, "texts": texts, "made_from": made_from}
    )


def first_change_set(zero: Document, contributions: Mapping[int, UUID]) -> list[Operation]:
    """The operations that lead to the first draft. `contributions`: their ids by number."""
    return [
        OPERATION.validate_python(_operation(zero, index, raw, contributions))
        for index, raw in enumerate(data("first-draft"))
    ]


def _operation(
    zero: Document, index: int, raw: Mapping[str, Any], contributions: Mapping[int, UUID]
) -> dict[str, Any]:
    names = [block.lineage for block in zero.blocks]
    made: dict[str, Any] = {
        "op": raw["op"],
        "id": uuid5(NAMES, f"operation/{index}"),
        "contributions": [contributions[number] for number in raw.get("because") or ()],
        "note": raw.get("note", ""),
    }
    if "after" in raw and raw["op"] in {"insert", "move"}:
        made["after"] = names[raw["after"]]
    if raw["op"] == "insert":
        return made | {"block": _new(raw, index, 0, raw)}
    if raw["op"] == "merge":
        at = [names[place] for place in raw["paragraphs"]]
        like = zero.blocks[raw["paragraphs"][0]].model_dump()
        return made | {"lineages": at, "into": _new(raw["into"][0], index, 0, like)}
    made["lineage"] = names[raw["paragraph"]]
    if raw["op"] == "split":
        like = zero.blocks[raw["paragraph"]].model_dump()
        into = [_new(one, index, part, like) for part, one in enumerate(raw["into"])]
        return made | {"into": into}
    if raw["op"] == "replace":
        return made | {"texts": raw["texts"]}
    kept = ("kind", "level", "number", "start", "label") if raw["op"] == "relabel" else ()
    return made | {name: raw[name] for name in kept}


def _new(raw: Mapping[str, Any], index: int, part: int, like: Mapping[str, Any]) -> dict[str, Any]:
    """A new block with these texts, of the kind, level and number of another."""
    source = digest_of(raw["texts"]["en"])
    return {
        "lineage": uuid5(NAMES, f"block/{index}/{part}"),
        "kind": like["kind"],
        "level": like["level"],
        "number": like["number"],
        "texts": raw["texts"],
        "made_from": {code: source for code in raw["texts"] if code != "en"},
    }
