"""Which row of the table of roles guards which route: every route stands here, or a test fails."""

from dataclasses import dataclass

from movement.actors import OF_A_PROCESS, OF_AN_ORGANISATION
from movement.models import Role
from tests.movement.role_table import Cell, cell

ALWAYS = frozenset({Cell.BEHALF, Cell.CONTACTS, Cell.ALL})
ENTITLED = frozenset(Cell) - {Cell.NO, Cell.CONSENT}


@dataclass(frozen=True)
class Guard:
    """A row of the table, and which of its words open the route.

    `anywhere`: the route names no organisation or process, so that any of one's own will do.
    """

    row: str
    cells: frozenset[Cell] = ENTITLED
    anywhere: bool = False

    def opens(self, role: Role, *, own: bool, released: bool) -> bool:
        """Whether the role may enter, for its own organisation or process or another's."""
        said = cell(self.row, role)
        if said not in self.cells:
            return False
        if self.anywhere or said in ALWAYS:
            return True
        if said is Cell.RELEASED:
            return released
        return own or role not in OF_AN_ORGANISATION | OF_A_PROCESS


@dataclass(frozen=True)
class Signed:
    """Open to whoever has signed in; `only_for`: to one person, whose the thing is."""

    only_for: Role | None = None

    def opens(self, role: Role, *, own: bool, released: bool) -> bool:
        """Whether the role's person may enter."""
        return self.only_for is None or (own and role is self.only_for)


def _any_of(*cells: Cell) -> frozenset[Cell]:
    return frozenset(cells)


ANSWER, SUBMIT, RUN = Guard("answer"), Guard("submit"), Guard("run waves")
READ = (Guard("own answers"), Guard("others' named answers"))
RESULTS, SOME_RESULTS = Guard("dashboards"), Guard("dashboards", anywhere=True)
FIGURES = Guard("export", _any_of(Cell.YES, Cell.SHOWN, Cell.PROCESS))
EXPORT = Guard("export", _any_of(Cell.YES, Cell.PROCESS))
SOME_EXPORT = Guard("export", _any_of(Cell.YES, Cell.PROCESS), anywhere=True)
COPY = (Guard("export", _any_of(Cell.RESPONSE)), Guard("others' named answers"))
PEOPLE, EVERYBODY = Guard("people"), Guard("people", _any_of(Cell.ALL))
COLLEAGUES = Guard("people", _any_of(Cell.YES), anywhere=True)
DIRECTORY = Guard("directory")
READ_DRAFT, SOME_DRAFTS = Guard("read drafts"), Guard("read drafts", anywhere=True)
READ_MEETING = Guard("read meetings")
CONTRIBUTE, SIGN = Guard("contribute"), Guard("sign contributions")
DRAFTING = Guard("drafting")
DRAFTS = Guard("drafts")
PROCESSES, SOME_PROCESSES = Guard("processes"), Guard("processes", anywhere=True)

OPEN_TO_ALL = frozenset({
    "core.language", "health", "home.index", "mailbox.index", "mailbox.letter", "signin.ask",
    "signin.confirm", "signin.demonstration", "signin.sign_out", "static", "public.begin",
    "public.start", "public.show_code", "public.renew_code", "public.resume", "public.leave",
    "public_answers.answer", "public_answers.review", "public_answers.submit",
    "public_answers.thanks", "draft_accounts.show", "draft_accounts.file",
    "pledges.index", "pledges.show", "pledges.table",
})  # fmt: skip
"""The mailbox exists in development only. Public questionnaires are answered, and the register of
pledges is read, without accounts. An account of a round asks for a role until it is released:
`tests/consult/test_output_pages`."""

ROUTES: dict[str, Guard | Signed | tuple[Guard, ...]] = {
    "responses.begin": ANSWER,
    "responses.start": ANSWER,
    "responses.on_behalf": Guard("answer", _any_of(Cell.BEHALF)),
    "responses.hub": READ,
    "responses.section": ANSWER,
    "submitting.review": READ,
    "submitting.history": READ,
    "submitting.receipt": READ,
    "submitting.submit": SUBMIT,
    "submitting.reopen": SUBMIT,
    "submitting.decline": SUBMIT,
    "copies.download": COPY,
    "evidence.download": READ,
    "surveys.blank": Guard("answer", anywhere=True),
    "surveys.index": RUN,
    "surveys.upload": RUN,
    "surveys.show": RUN,
    "surveys.blank_version": RUN,
    "surveys.form": RUN,
    "languages.index": RUN,
    "languages.add": RUN,
    "languages.change": RUN,
    "languages.download": RUN,
    "languages.download_all": RUN,
    "languages.upload": RUN,
    "translating.translate": RUN,
    "bank.index": RUN,
    "bank.show": RUN,
    "bank.use": RUN,
    "bank.remove": RUN,
    "bank.save": RUN,
    "authoring.new": RUN,
    "authoring.begin": RUN,
    "authoring.outline": RUN,
    "authoring.add_section": RUN,
    "authoring.act": RUN,
    "authoring.undo": RUN,
    "authoring.give_up": RUN,
    "authoring.add_question": RUN,
    "authoring.question": RUN,
    "authoring.section": RUN,
    "authoring.section_groups": RUN,
    "authoring.group": RUN,
    "authoring.delete_group": RUN,
    "authoring.settings": RUN,
    "authoring.preview": RUN,
    "authoring.try_it": RUN,
    "waves.open_wave": RUN,
    "publishing.show": RUN,
    "publishing.publish": RUN,
    "publishing.rules": RUN,
    "publishing.archive": RUN,
    "publishing.trial": RUN,
    "publishing.trial_run": RUN,
    "publishing.end_trial": RUN,
    "reviewing.ask": RUN,
    "reviewing.review": RUN,
    "comparing.show": RUN,
    "comparing.save": RUN,
    "news.seen": ANSWER,
    "processes.index": SOME_PROCESSES,
    "processes.show": PROCESSES,
    "processes.new": RUN,
    "processes.edit": RUN,
    "parties.index": RUN,
    "parties.add": RUN,
    "parties.correct": RUN,
    "calls.index": RUN,
    "calls.board": RUN,
    "calls.extend": RUN,
    "calls.act": RUN,
    "calls.mails": RUN,
    "calls.try_again": RUN,
    "call_mail.texts": RUN,
    "call_mail.preview": RUN,
    "call_mail.invite": RUN,
    "call_mail.plan": RUN,
    "call_mail.save_plan": RUN,
    "call_mail.remind": RUN,
    "results.index": SOME_RESULTS,
    "results.plotly": SOME_RESULTS,
    "results.overview": RESULTS,
    "results.section": RESULTS,
    "results.comments": RESULTS,
    "results.explore": RESULTS,
    "results.table": FIGURES,
    "public_forms.index": RUN,
    "public_forms.open_form": RUN,
    "public_forms.show": RUN,
    "public_forms.close": RUN,
    "public_forms.qr": RUN,
    "public_forms.poster": RUN,
    "public_batches.bring": RUN,
    "public_results.overview": FIGURES,
    "public_results.texts": RUN,
    "public_results.export": RUN,
    "exports.index": SOME_EXPORT,
    "exports.ask": SOME_EXPORT,
    "exports.follow": EXPORT,
    "exports.file": EXPORT,
    "people.colleagues": COLLEAGUES,
    "people.of_organisation": PEOPLE,
    "people.end": PEOPLE,
    "people.index": EVERYBODY,
    "people.add": EVERYBODY,
    "people.remove": EVERYBODY,
    "directory.index": DIRECTORY,
    "directory.organisation": DIRECTORY,
    "directory.correct": DIRECTORY,
    "directory.add_admission": DIRECTORY,
    "directory.correct_admission": DIRECTORY,
    "directory.remove_admission": DIRECTORY,
    "directory.groups": DIRECTORY,
    "directory.group": DIRECTORY,
    "directory.add_member": DIRECTORY,
    "directory.end_member": DIRECTORY,
    "beginning.new": RUN,
    "consultations.index": SOME_DRAFTS,
    "consultations.home": READ_DRAFT,
    "reading.draft": READ_DRAFT,
    "reading.paragraph": READ_DRAFT,
    "reading.whole": READ_DRAFT,
    "contributing.new": CONTRIBUTE,
    "contributing.edit": CONTRIBUTE,
    "contributing.show": CONTRIBUTE,
    "contributing.act": CONTRIBUTE,
    "voice.home": CONTRIBUTE,
    "voice.review": CONTRIBUTE,
    "voice.receipt": CONTRIBUTE,
    "voice.give": SIGN,
    "voice.decline": SIGN,
    "approving.decide": SIGN,
    "sponsors.index": CONTRIBUTE,
    "sponsors.decide": SIGN,
    "outcomes.response": CONTRIBUTE,
    "meetings.index": SOME_DRAFTS,
    "meetings.show": READ_MEETING,
    "meetings.download": READ_MEETING,
    "meetings.consent": SUBMIT,
    "meetings.new": RUN,
    "meetings.edit": RUN,
    "meetings.add_session": RUN,
    "meetings.edit_session": RUN,
    "meetings.remove_session": RUN,
    "meetings.documents": RUN,
    "meetings.remove_document": RUN,
    "meetings.add_statement": RUN,
    "meetings.edit_statement": RUN,
    "meetings.remove_statement": RUN,
    "meetings.take_contribution": RUN,
    "consultation_results.overview": RESULTS,
    "consultation_results.positions": RESULTS,
    "consultation_results.decisions": RESULTS,
    "consultation_results.explore": RESULTS,
    "consultation_results.table": FIGURES,
    "citing.finding": RUN,
    "citing.paragraph": RUN,
    "citing.remove": RUN,
    "citing.show": READ_DRAFT,
    "citing.file": READ_DRAFT,
    "draft_comparing.compare": READ_DRAFT,
    "draft_files.draft": READ_DRAFT,
    "draft_files.index": DRAFTING,
    "draft_files.bring": DRAFTING,
    "draft_files.matrix": DRAFTING,
    "draft_files.redline": DRAFTING,
    "draft_files.proposals": DRAFTING,
    "draft_files.compiled_file": DRAFTING,
    "draft_files.answer": (CONTRIBUTE, RUN),
    "draft_accounts.live": DRAFTING,
    "draft_accounts.release": RUN,
    "desk.index": RUN,
    "desk_rounds.open_round": RUN,
    "desk_rounds.close": RUN,
    "desk_queue.index": DRAFTING,
    "desk_queue.admission": RUN,
    "desk_queue.batch": DRAFTING,
    "desk_queue.clusters": DRAFTING,
    "desk_queue.progress": DRAFTING,
    "desk_one.show": DRAFTING,
    "desk_one.propose": DRAFTING,
    "desk_one.do": RUN,
    "desk_codes.index": RUN,
    "desk_codes.bring": RUN,
    "desk_codes.edit": RUN,
    "desk_codes.remove": RUN,
    "desk_entering.enter": RUN,
    "drafts.index": DRAFTS,
    "drafts.bring_in": DRAFTS,
    "drafts.begin": DRAFTS,
    "drafts.ready": DRAFTS,
    "drafts.publish": RUN,
    "drafts.carried": DRAFTS,
    "drafts.markdown": DRAFTS,
    "drafting.outline": DRAFTS,
    "drafting.paragraph": DRAFTS,
    "drafting.take_accepted": DRAFTS,
    "drafting.conflicts": DRAFTS,
    "drafting.changes": DRAFTS,
    "drafting.explain": DRAFTS,
    "drafting.undo": DRAFTS,
    "drafting_languages.translate": DRAFTS,
    "adoption.show": RUN,
    "adoption.ask": RUN,
    "adoption.adopt_text": RUN,
    "adoption.addressees": RUN,
    "agreeing.answer": SUBMIT,
    "following.index": Guard("answer", anywhere=True),
    "own_pledges.index": ANSWER,
    "own_pledges.new": ANSWER,
    "own_pledges.show": ANSWER,
    "own_pledges.edit": ANSWER,
    "own_pledges.act": SUBMIT,
    "own_pledges.sign": SUBMIT,
    "own_pledges.invite": SUBMIT,
    "own_pledges.progress": SUBMIT,
    "staff_pledges.index": RUN,
    "staff_pledges.new": RUN,
    "staff_pledges.show": RUN,
    "staff_pledges.act": RUN,
    "staff_pledges.name_party": RUN,
    "staff_pledges.progress": RUN,
    "reports.hub": ANSWER,
    "reports.paragraph": ANSWER,
    "reports.act": SUBMIT,
    "reports.download": READ,
    "reporting.index": RUN,
    "reporting.show": RUN,
    "reporting.document": RUN,
    "kept.index": Signed(),
    "kept.show": Signed(only_for=Role.FOCAL_POINT),
}


def opens(endpoint: str, role: Role, *, own: bool, released: bool = False) -> bool:
    """Whether the table opens a route to a role."""
    guards = ROUTES[endpoint]
    alternatives = guards if isinstance(guards, tuple) else (guards,)
    return any(guard.opens(role, own=own, released=released) for guard in alternatives)
