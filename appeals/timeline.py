"""The timeline (verloop) of an objection or appeal: which of its acts read how, and which days are still to come."""

from collections.abc import Sequence
from dataclasses import replace

from appeals.disputes.policy import Kind
from appeals.disputes.queries import File, Relation, interims_of
from appeals.disputes.silence import silent_from
from appeals.duties import DUTIES
from appeals.ports import DisputePorts
from core.law.articles import ARTICLES, AWB
from core.store.work import Work
from core.timeline.policy import Case, Coming, Line, Reader, Step, Table, Telling, lines, went_of
from core.timeline.queries import case_of, in_words_of

SHARED = {
    "lodge": Step("lodged", "6:4", day="received_on"),
    "request-sent": Step("repair-asked", "6:6", day="sent_on", until="until"),
    "request-returned": Step("repair-returned", "6:6", inside=True),
    "repair": Step("repaired", "6:6"),
    "pass-term": Step("unrepaired", "6:6"),
    "check": Step("checked", "6:6"),
    "default-notice": Step("notice-given", "4:17(3)", day="received_on"),
    "forward": Step("sent-on", "6:15"),
    "withdraw": Step("withdrawn", "6:21"),
    "close": Step("closed"),
}
STEPS = {
    **{f"{kind.value}:{event}": step for kind in Kind for event, step in SHARED.items()},
    "objection:schedule": Step("hearing-planned", "7:2", planned="held_on"),
    "objection:hear": Step("heard", "7:7", day="held_on"),
    "objection:waive-hearing": Step("unheard", "7:3"),
    "objection:ask-hearing": Step("hearing-asked", "7:3", until="until"),
    "objection:decline-hearing": Step("hearing-declined", "7:3"),
    "objection:ask-costs": Step("costs-asked", "7:15(3)"),
    "objection:advise": Step("advised", "7:13", inside=True),
    "objection:draft": Step("drafted", "7:11", inside=True),
    "objection:remit": Step("reopened", "7:25"),
    "appeal:schedule": Step("hearing-planned", "7:16", planned="held_on"),
    "appeal:hear": Step("heard", "7:21", day="held_on"),
    "appeal:waive-hearing": Step("unheard", "7:17"),
    "appeal:ask-hearing": Step("hearing-asked", "7:17", until="until"),
    "appeal:decline-hearing": Step("hearing-declined", "7:17"),
    "appeal:ask-costs": Step("costs-asked", "7:28(2)"),
    "appeal:receive-defence": Step("defended", "7:18(2)"),
    "appeal:join": Step("joined", "6:20"),
    **{f"{kind.value}:join-penalty": Step("penalty-joined", "4:19") for kind in Kind},
    "appeal:remit": Step("sent-back", "7:25"),
    "interim:ask": Step("interim-asked", "6:16"),
    "interim:decide": Step("interim-decided", "6:16", until="until"),
    "interim:end": Step("interim-ended", "6:16"),
    "dispute:tell-due": Step("due", "7:10", until="due_on"),
}
TABLE = Table(
    STEPS,
    DUTIES,
    {
        "decision": "3:41",
        "objection-withdrawn": "6:21",
        "appeal-withdrawn": "6:21",
        "objection-forwarded": "6:15",
        "appeal-forwarded": "6:15",
        "objection-late": "7:10",
        "appeal-late": "7:24",
        "appeal-notice": "6:12",
    },
    inside=frozenset({"notify", "penalty", "notice"}),
)
OF = {Kind.OBJECTION: replace(TABLE, known="7:12"), Kind.APPEAL: replace(TABLE, known="7:26")}


def reader_of(who: Relation) -> Reader:
    """How much of it an actor reads."""
    if who.filer:
        return Reader.PARTY
    return Reader.BODY if who.body else Reader.OFFICE


async def facts_of(work: Work, file: File) -> Case:
    """What has a day in a dispute."""
    row = file.dispute
    told = [*await work.port(DisputePorts).told(work, row.id), *await _served(work, file)]
    beside = await interims_of(work, row)
    return await case_of(work, row.id, OF[row.kind], beside=beside, told=told, coming=_coming(work, file))


async def _served(work: Work, file: File) -> list[Telling]:
    """How the decision in it went to the party: a letter of its own."""
    if file.decision is None:
        return []
    return [
        Telling("decision", one.sent_on or file.decision.decided_on, "party", one.channel, went_of(one.state))
        for one in await work.port(DisputePorts).served(work, file.decision.id)
    ]


async def timeline_of(work: Work, file: File, who: Relation) -> list[Line]:
    """The lines of a dispute, as far as they concern who reads them."""
    return shown(work, file, await facts_of(work, file), reader_of(who))


def shown(work: Work, file: File, case: Case, reader: Reader) -> list[Line]:
    """The same, of facts that were read already."""
    return in_words_of(work, file.dispute.register_code, lines(case, OF[file.dispute.kind], reader, work.today))


def _coming(work: Work, file: File) -> Sequence[Coming]:
    """The days beside those of the agenda."""
    row, kind = file.dispute, file.dispute.kind.value
    if row.ended_on is not None:
        return ()
    found = []
    hearing = file.awaited(work.today)
    if hearing is not None:
        found.append(Coming("inspection", hearing.inspection_from, ARTICLES[kind, "documents"]))
    if row.hearing_reply_until is not None and row.waived is None and hearing is None:
        found.append(
            Coming("hearing-reply", row.hearing_reply_until, f"{AWB}{'7:3' if row.kind is Kind.OBJECTION else '7:17'}")
        )
    if row.default_notice_on is not None and row.kind is Kind.OBJECTION:
        found.append(Coming("may-appeal-silence", silent_from(work, row.default_notice_on), f"{AWB}6:12"))
    return found
