"""What the two Word files with tracked changes say: adopted changes, and what is proposed.

Adopted: the change sets between two drafts, each operation under those it came of, with what was
decided and why. Proposed: a draft with each pending amendment under its contributor's name; where
amendments change the same words the first is tracked and the others are comments, as all comments
are. Functions of gathered data; they decide nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, pairwise
from uuid import UUID, uuid5

from consult.changes.carrying import Fit
from consult.changes.operations import Delete, Insert, Operation, Replace
from consult.export.word_draft import Redline
from consult.export.word_runs import LONG_AGO, Behind
from consult.export.wording import DELETION, EDITORIAL, STANCES, outcome_in_words, type_of
from consult.models import ProposalKind
from consult.queries.compiled import Compiled, Said
from consult.queries.steps import Step
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical, plain
from consult.text.merging import merge_all
from consult.word.origins import Origin
from consult.word.ours import Key, key
from core.texts import lazy as _l

LONGEST_AUTHOR = 200


def adopted(data: Compiled, before: Step, after: Step) -> Redline:
    """What led from a draft to a later one."""
    steps = [one for one in data.steps if before.number < one.number <= after.number]
    operations = tuple(chain.from_iterable(step.operations for step in steps))
    return Redline(
        before.document,
        operations,
        {one.id: _behind(data, step, one) for step in steps for one in step.operations},
        Behind(str(EDITORIAL), after.published_at),
        {},
        origin_of(data, before, *steps),
    )


def origin_of(data: Compiled, *steps: Step) -> Origin:
    """Of which text a file is made that holds these drafts."""
    numbers = tuple(step.number for step in steps)
    return Origin(data.code, numbers, tuple(step.document.digest for step in steps))


def marks(data: Compiled, number: int) -> dict[Key, bool]:
    """What these files hold as changes and comments: whether the draft of this number has it."""
    found = {key(one.contributor, one.submitted_at): False for one in data.said}
    for before, after in pairwise(data.steps):
        redline = adopted(data, before, after)
        behind = (*redline.behind.values(), redline.editorial)
        found |= {key(one.author, one.at): after.number <= number for one in behind}
    return found


def _behind(data: Compiled, step: Step, operation: Operation) -> Behind:
    said = [data.by_id[one] for one in operation.contributions if one in data.by_id]
    names = list(dict.fromkeys(one.contributor for one in said))
    _label, at = step.by.get(operation.id, ("", step.published_at))
    lines = [_decision(one, data.language) for one in said]
    lines += [operation.note] if operation.note.strip() else []
    return Behind(author(names), at, tuple(lines))


def author(names: list[str]) -> str:
    """Those behind a change as Word's author: as many as fit, the number of the others."""
    shown = list(names)
    while len(shown) > 1 and len("; ".join(shown)) > LONGEST_AUTHOR:
        shown.pop()
    rest = len(names) - len(shown)
    text = "; ".join(shown)[:LONGEST_AUTHOR]
    if rest:
        return str(_l("%(names)s and %(count)s more", names=text, count=rest))
    return text or str(EDITORIAL)


def _decision(one: Said, language: str) -> str:
    """A contribution's number, contributor, decision and reason in one line."""
    parts = [f"{one.number}. {one.contributor}"]
    if one.decided and one.decided.approved:
        parts.append(outcome_in_words(one.decided.outcome, one.decided.duplicate_of))
        parts.append(one.decided.reason(language, one.language))
    return " – ".join(part for part in parts if part)


def proposed(data: Compiled, step: Step, *, decided_too: bool = False) -> Redline:
    """A draft with what is pending on it. `decided_too`: with what was decided on as well."""
    gathered = _Proposals(data, step.document)
    for standing in sorted(_on(data, step), key=lambda found: found.said.number):
        if standing.said.pending or (decided_too and standing.said.stands):
            gathered.take(standing)
    return Redline(
        step.document, tuple(gathered.operations()), gathered.behind,
        Behind(str(EDITORIAL), LONG_AGO), gathered.remarks, origin_of(data, step),
    )  # fmt: skip


@dataclass(frozen=True)
class _Standing:
    """A contribution where it stands in a draft. `fits`: its words can still be said there."""

    said: Said
    lineage: UUID | None
    proposal: str | None
    fits: bool = True


def _on(data: Compiled, step: Step) -> Iterable[_Standing]:
    """What is said of a draft, and what was carried over to it: where it stands, as it fits."""
    own = {one.id for one in data.said if one.draft == step.number}
    yield from (_Standing(one, one.lineage, one.proposal) for one in data.said if one.id in own)
    for carried in data.carried:
        if carried.draft == step.number and carried.id in data.by_id and carried.id not in own:
            one = data.by_id[carried.id]
            # Only what rewords is made to fit; new paragraphs, and orphans, keep their words.
            proposal = one.proposal if carried.proposal is None else carried.proposal
            fits = carried.fit in {Fit.CLEAN, Fit.FUZZY}
            yield _Standing(one, carried.lineage, proposal, fits)


@dataclass
class _Proposals:
    """Amendments on their way to tracked changes or comments, in the order of their numbers."""

    data: Compiled
    document: Document
    behind: dict[UUID, Behind] = field(default_factory=dict)
    remarks: dict[UUID | None, list[Behind]] = field(default_factory=dict)
    versions: dict[UUID, list[str]] = field(default_factory=dict)
    replaced: list[Operation] = field(default_factory=list)
    inserted: dict[UUID, list[Operation]] = field(default_factory=dict)
    deleted: dict[UUID, Operation] = field(default_factory=dict)

    def operations(self) -> Iterable[Operation]:
        """The tracked ones, in an order in which they can be applied."""
        return chain(self.replaced, *self.inserted.values(), self.deleted.values())

    def take(self, standing: _Standing) -> None:
        """Take one contribution in. What conflicts with the draft is not tracked in it."""
        one, lineage = standing.said, standing.lineage
        block = self.document.find(lineage) if lineage else None
        lines = self._lines(one)
        operation = None
        if one.proposal_kind and block and standing.fits and one.language == self.data.language:
            operation = self._tracked(one, block, canonical(standing.proposal or ""))
        if operation:
            self.behind[one.id] = Behind(one.contributor, one.submitted_at, tuple(lines))
            return
        if one.proposal_kind:
            deletes = one.proposal_kind is ProposalKind.DELETE
            words = str(DELETION) if deletes else plain(standing.proposal or "")
            lines.append(str(_l("Proposed wording: %(words)s", words=words)))
        remark = Behind(one.contributor, one.submitted_at, tuple(lines))
        self.remarks.setdefault(block.lineage if block else None, []).append(remark)

    def _lines(self, one: Said) -> list[str]:
        sort = str(type_of(one.kind, one.category, one.proposal_kind))
        stance = f": {STANCES[one.stance]}" if one.stance else ""
        lines = [f"{one.number}. {sort}{stance}"]
        return lines + [text for text in (f"“{one.quote}”" if one.quote else "", one.text) if text]

    def _tracked(self, one: Said, block: Block, proposal: str) -> Operation | None:
        """The operation of an amendment; None where it meets another that came before."""
        if one.proposal_kind is ProposalKind.INSERT_AFTER:
            return self._insert(one, block, proposal)
        if block.lineage in self.deleted:
            return None
        if one.proposal_kind is ProposalKind.DELETE:
            if block.lineage in self.versions or len(self.document.blocks) == 1:
                return None
            return self.deleted.setdefault(block.lineage, Delete(id=one.id, lineage=block.lineage))
        versions = [*self.versions.get(block.lineage, ()), proposal]
        words = block.texts.get(self.data.language, "")
        merged = merge_all(words, versions).text
        before = merge_all(words, versions[:-1]).text
        if merged is None or merged == before:
            return None
        self.versions[block.lineage] = versions
        texts = {self.data.language: canonical(merged)}
        self.replaced.append(Replace(id=one.id, lineage=block.lineage, texts=texts))
        return self.replaced[-1]

    def _insert(self, one: Said, block: Block, proposal: str) -> Operation | None:
        if block.kind is BlockKind.FOOTNOTE:
            return None
        paragraph = block.kind is BlockKind.PARAGRAPH
        new = Block(
            lineage=uuid5(one.id, "proposed"), level=block.level if paragraph else 0,
            number=block.number if paragraph else "", texts={self.data.language: proposal},
        )  # fmt: skip
        chained = self.inserted.setdefault(block.lineage, [])
        last = chained[-1] if chained else None
        after = last.block.lineage if isinstance(last, Insert) else block.lineage
        chained.append(Insert(id=one.id, block=new, after=after))
        return chained[-1]
