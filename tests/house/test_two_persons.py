"""Every deed of two persons, whatever the room: who proposes does not sign, a second does, and the party is told."""

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from accreditation.audits.schemas import NewAuditMeasure
from accreditation.providers.schemas import NewMeasure
from appeals.disputes.filed import FiledAct
from auth.permissions import Role, granted
from core import proposals
from core.proposals import Deed, Proposal, Standing
from core.store.db import new_id
from core.store.work import Work
from core.web.pages import SAID
from register.committee.filed_views import FiledView
from register.office.people.schemas import Death, HidingEnd, Merge, NewAddress
from register.office.proposals import service, told
from register.office.proposals.service import DEEDS
from register.office.publication.schemas import Weighed
from tests.builders import House, a_leader

STAFF = {
    Role.OFFICE: ("bureau", "bureau2"),
    Role.SECRETARY: ("secretaris", "secretaris2"),
    Role.APPEALS_SECRETARY: ("griffier", "griffier2"),
}
# How whoever it is about hears of it: the letter of the decision that signing takes, or a message of its own.
TOLD = {
    "merge": "people-merged",
    "death": "",  # nobody is there to be told
    "death-undoing": "reset-password",  # each account opens by a mailed link
    "second-factor-reset": "second-factor-reset",
    "hiding-end": "hiding-changed",
    "email-change": "email-changed",
    "provider-suspension": "decision",
    "provider-withdrawal": "decision",
    "audit-measure": "decision",
    "objection-filed-act": "objection-filed",
    "appeal-filed-act": "appeal-filed",
    "measure-view": "view-filed",
    "correction-view": "view-filed",
    "application-view": "view-filed",
    "publication-refusal": "decision",
}


def test_of_each_deed_is_known_how_the_party_hears_of_it():
    """A new deed says here how, and the message is one that the house sends (the room's own test reads it)."""
    sources = [path.read_text(encoding="utf-8") for room in ("auth", "appeals", "register") for path in modules(room)]
    sent = {topic for source in sources for topic in re.findall(r'"([a-z-]+)",?\n', source)}
    sent |= {f"{kind}-filed" for kind in ("objection", "appeal") if '.kind.value}-filed"' in "".join(sources)}

    assert set(TOLD) == set(DEEDS)
    assert {topic for topic in TOLD.values() if topic not in {"", "decision"}} <= sent


def modules(room: str) -> list[Path]:
    return sorted((Path(proposals.__file__).parents[1] / room).rglob("*.py"))


def who_may(deed: Deed) -> tuple[str, str]:
    """Two of the staff who may do it."""
    return next(pair for role, pair in STAFF.items() if deed.permission in granted([role]))


@pytest.mark.parametrize("kind", DEEDS)
async def test_who_proposed_does_not_sign_nor_who_it_concerns_and_a_second_does(
    house: House, monkeypatch: pytest.MonkeyPatch, kind: str
):
    await house.world.staff("griffier2", Role.APPEALS_SECRETARY, "plain", "Gijs", "", "Griffier")
    await a_leader(house.world, "leo")
    one, other = who_may(DEEDS[kind])
    done: list[UUID] = []
    own: set[UUID] = set()

    async def concerned(_work: Work, _row: Proposal) -> Collection[UUID]:
        return own

    async def stands(_work: Work, _row: Proposal) -> Standing:
        return Standing({"done": len(done)})

    async def carry_out(_work: Work, row: Proposal) -> None:
        done.append(row.id)

    bare = replace(DEEDS[kind], concerned=concerned, stands=stands, carry_out=carry_out, subjects=None)
    monkeypatch.setattr(service, "DEEDS", {**DEEDS, kind: bare})

    async def propose(work: Work) -> Proposal:
        return await proposals.propose(work, bare, house.id_of(one), new_id(), {"reasons": "Omdat het moet."})

    path = f"/proposals/{(await house.world.by(one, propose)).id}"
    first, second, outsider = [await house.client(who) for who in (one, other, "leo")]

    mine = await first.move(path, "signature")
    assert (mine.status_code, mine.json()["code"]) == (403, "own-proposal")
    assert (await outsider.get(path)).status_code == 404
    own.add(house.id_of(other))
    theirs = await second.move(path, "signature")
    assert (theirs.status_code, theirs.json()["code"]) == (403, "own-case")
    assert done == []

    own.clear()
    signed = await second.move(path, "signature")
    again = await second.move(path, "signature")
    assert (signed.status_code, signed.json()["state"]) == (201, "signed")
    assert again.status_code == 409
    assert len(done) == 1


# What each deed's proposer fills in; whoever signs reads every field of it.
ASKED = {
    "merge": Merge,
    "death": Death,
    "hiding-end": HidingEnd,
    "email-change": NewAddress,
    "provider-suspension": NewMeasure,
    "provider-withdrawal": NewMeasure,
    "audit-measure": NewAuditMeasure,
    "objection-filed-act": FiledAct,
    "appeal-filed-act": FiledAct,
    "measure-view": FiledView,
    "correction-view": FiledView,
    "application-view": FiledView,
    "publication-refusal": Weighed,
}
NOTHING = {"death-undoing", "second-factor-reset"}


def test_every_fact_of_a_deed_has_its_words():
    fields = {name for schema in ASKED.values() for name in schema.model_fields} - told.WITHIN
    missing = [
        f"{language}: {name}"
        for language in ("nl", "en")
        for name in sorted(fields)
        if not SAID.has(f"proposed.{name.replace('_', '-')}", language)
    ]

    assert set(ASKED) | NOTHING == set(DEEDS)
    assert missing == []
