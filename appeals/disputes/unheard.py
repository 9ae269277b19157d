"""Nobody is heard: on the party's own word, or on another ground that the law knows (Awb 7:3, 7:17)."""

from appeals.disputes import conditions, handling, papers, telling, terms
from appeals.disputes.policy import after, require_substance
from appeals.disputes.queries import File
from appeals.disputes.schemas import AskHearing, Nothing, WaiveHearing
from core import agenda
from core.errors import Invalid
from core.store.work import Work


async def decline_hearing(work: Work, file: File, _new: Nothing) -> None:
    """The party says that it does not want to be heard; whether it is heard is then for who handles it."""
    row = file.dispute
    after(row.kind, row.state, "waive-hearing")
    row.hearing_declined_on = work.today
    work.log(f"{row.kind.value}:decline-hearing", row)


async def ask_hearing(work: Work, file: File, new: AskHearing) -> None:
    """Ask the party whether it wants to be heard; who does not answer in time may be passed over (Awb 7:3 under d).

    Invalid("not-later") for a day that is not to come.
    """
    row = file.dispute
    after(row.kind, row.state, "waive-hearing")
    if new.reply_until <= work.today:
        raise Invalid("invalid-input", [("reply_until", "not-later")])
    row.hearing_reply_until = new.reply_until
    work.log(f"{row.kind.value}:ask-hearing", row, until=new.reply_until)
    await telling.ask_hearing(work, row)


async def waive_hearing(work: Work, file: File, new: WaiveHearing) -> None:
    """Nobody is heard, on a ground that the law knows (Awb 7:3, 7:17); as policy.require_waiver and
    policy.require_substance."""
    row = file.dispute
    require_substance(new.ground, new.waiver_reasons)
    await conditions.waivable(new.ground)(work, file)
    await papers.complete(work, file)
    row.waived, row.waiver_reasons = new.ground, new.waiver_reasons
    handling.move(work, row, "waive-hearing", ground=new.ground.value)
    await agenda.done(work, row.id, terms.DOCUMENTS, terms.HEARING)
    await telling.tell_unheard(work, row, file.awaited(work.today))
