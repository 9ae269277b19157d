"""The timeline (verloop) of an application: which of its acts read how, and which days are still to come."""

from uuid import UUID

from appeals.disputes.silence import silent_from
from auth.actor import Actor
from core.law.articles import AWB
from core.store.work import Work
from core.timeline.policy import Coming, Line, Reader, Step, Table, lines
from core.timeline.queries import case_of, in_words_of
from register.applications.duties import DUTIES
from register.applications.silence.service import WAITING, notice_on
from register.entries.models import Application

TABLE = Table(
    {
        "application:submit": Step("lodged", "4:1"),
        "application:ask-completion": Step("repair-asked", "4:5(1)", until="until_on"),
        "application:complete": Step("repaired", "4:15"),
        "application:admit": Step("found-complete"),
        "application:ask-second-opinion": Step("second-reader", inside=True),
        "application:withdraw": Step("withdrawn"),
        "application:send-on": Step("sent-on", "2:3"),
        "application:reopen": Step("reopened-by-objection", "7:11"),
        "default-notice:give": Step("notice-given", "4:17(3)", day="received_on"),
    },
    DUTIES,
    {"application-received": "4:13", "application-incomplete": "4:5(1)", "application-set": "6:12"},
    inside=frozenset({"notify", "notice", "leave-untreated", "penalty", "reconsider"}),
)


def reader_of(work: Work, person_id: UUID) -> Reader:
    """The person whose case it is reads as a party, whoever else may read it as the office."""
    own = isinstance(work.actor, Actor) and work.actor.person_id == person_id
    return Reader.PARTY if own else Reader.OFFICE


async def timeline_of(work: Work, row: Application) -> list[Line]:
    """The lines of an application, as far as they concern who reads them."""
    notice = await notice_on(work, row.id)
    coming = []
    if notice is not None and row.state in WAITING:
        coming = [Coming("may-appeal-silence", silent_from(work, notice.received_on), f"{AWB}6:12")]
    case = await case_of(work, row.id, TABLE, beside=[notice.id] if notice else [], coming=coming)
    return in_words_of(work, row.register_code.value, lines(case, TABLE, reader_of(work, row.person_id), work.today))
