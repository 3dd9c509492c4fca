"""Opening a round and inviting to it, both or neither."""

from sqlmodel import Session

from consult.models import Draft, Round
from consult.services.drafts import Act
from consult.services.rounds import Rules, open_round
from movement.models import Call
from movement.services.calls import Opening
from movement.services.invitations import Invited, chosen, invite
from movement.services.messages import Office


def open_and_invite(
    session: Session, draft: Draft, opening: Opening, rules: Rules, act: Act, *,
    invited: str, office: Office,
) -> tuple[Round, Call, Invited | None]:  # fmt: skip
    """Open a round on a draft and invite whom `invited` names ("" for nobody).

    Raises what `consult.services.rounds.open_round` and `movement.services.invitations` raise.
    """
    one, call = open_round(session, draft, opening, rules, act)
    if not invited.strip():
        return one, call, None
    to = chosen(session, call, invited)
    done = invite(session, call, to, office=office, now=act.now, label=act.label)
    return one, call, done
