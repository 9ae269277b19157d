"""A small world in which everybody tries everything in a case, who may and who may not, while time goes on.

After every deed the case is looked at by rules that are written down here once more, and by its own checks.
"""

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import col, select

from appeals.disputes.models import Contested, Dispute, Hearing, InterimRequest, Piece, Seat
from appeals.disputes.policy import OPEN_STATES, OUTCOMES, Kind, Waiver, open_events
from appeals.verbs import VERBS, Verb
from core.decisions import Decision, DecisionState
from core.law.terms import add_days
from register.checks.bodies import bodies
from register.checks.disputes import disputes
from register.checks.dossiers import dossiers
from register.notification.models import SentLetter
from register.service.sweep import sweep
from tests.builders import ACCREDITORS, MEMBERS, House
from tests.faults.files import problems
from tests.journeys.begun import START, WHO
from tests.journeys.disputing import (
    ADVISERS,
    CHAMBER,
    given,
)

BODY = MEMBERS[::-1]
OTHERS = ("bestuur", "aanbieder", "bureau", "toezicht", "secretaris", ACCREDITORS[0])
"""Nobody of these has anything to say in the case: the last but one took the decision."""
HANDLES = {Kind.OBJECTION: {"griffier-bezwaar", "secretaris2", *ADVISERS}, Kind.APPEAL: {"griffier"}}
OF_THE_BODY = {"griffier-bezwaar", "secretaris2", "secretaris"}
EVERYBODY = (WHO, *OTHERS, "griffier-bezwaar", "griffier", *ADVISERS, *CHAMBER, *BODY)
GIVEN = ("upheld", "partly-upheld", "decided-in-place")
KINDS = {"registration", "valuation", "strike-off"}
RANKS = ("refused", "partly-granted", "granted-shorter", "granted")


class Chain:
    """One case and all that is tried in it; the dice choose who, what and when."""

    def __init__(self, house: House, dice: Random) -> None:
        self.house, self.dice, self.told = house, dice, list[str]()
        self.today = START
        self.wants: dict[UUID, str] = {}
        house.on(self.today)
        self.who = {house.id_of(one): one for one in EVERYBODY}

    async def run(self, steps: int) -> None:
        """So many steps, and then the whole house is held against itself."""
        for _ in range(steps):
            await self.look()
            throw = self.dice.random()
            if throw < 0.6:
                await self.on()
            elif throw < 0.72:
                await self.wait(self.dice.choice((1, 6, 13, 30, 45)))
            elif throw < 0.82:
                await self.lodge()
            else:
                await self.anything()
            await self.hold()
        assert await problems(self.house) == [], self.told

    async def wait(self, days: int) -> None:
        """Time goes on, and the sweep with it."""
        self.today = add_days(self.today, days)
        self.house.on(self.today)
        self.told.append(f"{self.today}")
        await sweep(self.house.means, self.today)

    async def look(self) -> None:
        """What there is now."""
        async with self.house.means.database.reading() as session:
            self.cases = (await session.exec(select(Dispute).order_by(col(Dispute.id)))).all()
            self.decisions = (
                await session.exec(
                    select(Decision).where(Decision.person_id == self.house.id_of(WHO)).order_by(col(Decision.id))
                )
            ).all()
            self.seats = (await session.exec(select(Seat).order_by(col(Seat.id)))).all()
            self.hearings = (await session.exec(select(Hearing).order_by(col(Hearing.id)))).all()
            self.asked = (await session.exec(select(InterimRequest).order_by(col(InterimRequest.id)))).all()
            self.pieces = (await session.exec(select(Piece).order_by(col(Piece.id)))).all()
            self.contested = (await session.exec(select(Contested))).all()

    # What may be done next, by who may.

    async def on(self) -> None:
        """One step further in the case that runs, or the next case."""
        runs = [row for row in self.cases if row.state in OPEN_STATES]
        if not runs:
            await self.lodge()
            return
        row = self.dice.choice(runs)
        who, name = self.next_of(row)
        if not name:
            await self.wait(self.dice.choice((6, 13)))
            return
        for _ in range(4):  # who sits or votes does so in a row
            if await self.do(who, row, name) != 201 or name not in {"seats", "votes"}:
                return
            await self.look()
            row = next(one for one in self.cases if one.id == row.id)
            who, following = self.next_of(row)
            if following != name:
                return

    def next_of(self, row: Dispute) -> tuple[str, str]:
        """Who moves next, and how; nothing where time must pass first."""
        objection = row.kind is Kind.OBJECTION
        handler = self.dice.choice((ADVISERS[0], "griffier-bezwaar")) if objection else "griffier"
        advises = objection and row.advisory and not row.advised_outcome
        panel = ADVISERS if advises else BODY[:4] if objection else CHAMBER
        sits = {seat.member_id: seat for seat in self.sitting(row)}
        empty = [one for one in panel if self.house.id_of(one) not in sits]
        silent = [one for one in panel if (seat := sits.get(self.house.id_of(one))) and not seat.vote]
        state = row.state
        if state in {"received", "acknowledged", "repaired", "not-repaired", "lodged"}:
            return handler, "admissibility"
        if state == "omission":
            return (WHO, "repair") if self.dice.random() < 0.6 else (handler, "repair-expiry")
        if state in {"admissibility-checked", "defence-requested", "defence-received"}:
            if empty:
                return handler, "seats"
            if row.hearing_declined_on is not None:
                return handler, "hearing-waiver"
            return (handler, "hearing") if self.dice.random() < 0.5 else (WHO, "hearing-renunciation")
        if state == "scheduled":
            hearing = [one for one in self.hearings if one.dispute_id == row.id][-1]
            return (handler, "minutes") if hearing.held_on <= self.today else ("", "")
        if state == "decided":
            return ("griffier-bezwaar" if objection else "griffier"), "notification"
        if empty:
            return ("griffier-bezwaar" if objection else "griffier"), "seats"
        if advises:
            return (silent[0], "votes") if silent else (ADVISERS[0], "advice")
        if objection and not row.draft:
            return "griffier-bezwaar", "draft"
        if silent:
            return silent[0], "votes"
        return ("griffier-bezwaar" if objection else "griffier"), "decision"

    def sitting(self, row: Dispute) -> list[Seat]:
        return [seat for seat in self.seats if seat.dispute_id == row.id and not seat.recused]

    async def lodge(self) -> None:
        """Somebody objects or appeals, mostly whose case it is, mostly against what can be contested."""
        known = [one for one in self.decisions if one.notified_on]
        what = self.dice.choice([one for one in known if one.kind in {*KINDS, "objection"}] or known)
        mine = self.dice.random() < 0.85
        who = WHO if mine else self.dice.choice(EVERYBODY[1:])
        kind = "appeals" if what.kind == "objection" or self.dice.random() < 0.1 else "objections"
        asks = {"asks_costs": True} if self.dice.random() < 0.3 else {}
        new = {"decisions": [what.number], "grounds": "Het klopt niet.", **asks}
        answer = await self.post(who, f"/{kind}", new)
        self.noted(who, f"{kind} {what.kind}", answer)
        if answer.status_code == 201:
            assert who == WHO, self.told
            if kind == "objections" and answer.json()["state"] != "forwarded":
                await given(self.house, answer.json()["id"])

    async def anything(self) -> None:
        """Anybody tries any deed in any case."""
        if not self.cases:
            return
        row = self.dice.choice(self.cases)
        verb = self.dice.choice(VERBS[row.kind])
        await self.do(self.dice.choice((WHO, *EVERYBODY)), row, verb.name)

    async def do(self, who: str, row: Dispute, name: str) -> int:
        """Somebody does a deed, or is refused: the status of the answer."""
        verb = next(one for one in VERBS[row.kind] if one.name == name)
        path = f"/{row.kind.value}s/{row.id}/{name}"
        answer = await self.post(who, path, SAID[name](self, row), row.version)
        self.noted(who, f"{row.kind.value} {row.state} {name}", answer)
        if answer.status_code == 201:
            assert self.entitled(who, row, verb), self.told
            assert verb.event in open_events(row.kind, row.state), self.told
        return answer.status_code

    async def post(self, who: str, path: str, said: Any, version: int | None = None) -> httpx.Response:
        client = await self.house.client(who)
        return await client.post(path, said, headers={"If-Match": f'"{version}"'} if version is not None else {})

    def noted(self, who: str, what: str, answer: httpx.Response) -> None:
        code = "" if answer.status_code == 201 else f" {answer.json()['code']}"
        self.told.append(f"{self.today} {who}: {what} {answer.status_code}{code}")
        assert answer.status_code in {201, 400, 403, 404, 409, 412}, (self.told, answer.text)

    # What must hold, said once more.

    def entitled(self, who: str, row: Dispute, verb: Verb) -> bool:
        """Whether somebody is whose deed it is, by nothing but who they are and where they sit."""
        if verb.filer:
            return who == WHO
        sits = self.house.id_of(who) in {seat.member_id for seat in self.sitting(row)}
        if verb.body and who in OF_THE_BODY:
            return True
        return (verb.handler and who in HANDLES[row.kind]) or (verb.seat and sits)

    async def hold(self) -> None:
        """Nobody is worse off, everybody was told, and the case agrees with its own checks."""
        await self.look()
        by_id = {one.id: one for one in self.decisions}
        for one in self.decisions:
            if one.part_of and one.replaces:
                assert not worse(by_id[one.replaces], one), (self.told, one.number)
        async with self.house.means.database.snapshot() as session:
            rows = (await session.exec(select(Dispute))).all()
            found = [*await disputes(self.house.means, session, rows), *await bodies(self.house.means, session, rows)]
            found += await dossiers(session, rows)
            letters = set(await session.exec(select(SentLetter.decision_id)))
        assert found == [], (self.told, [str(one) for one in found])
        untold = [one.number for one in self.decisions if one.notified_on and one.id not in letters]
        assert untold == [], self.told
        for row in self.cases:
            if row.state in OPEN_STATES and row.decision_due_on >= self.today:
                assert row.told_due_on == row.decision_due_on, (self.told, row.number)


def worse(before: Decision, after: Decision) -> bool:
    """Whether less is given than was: an outcome, a level, a last day, points."""

    def level(one: Decision) -> int:
        return ("niveau-1", "niveau-2", "master").index(one.level) if one.level else -1

    return (
        RANKS.index(after.outcome) < RANKS.index(before.outcome)
        or level(after) < level(before)
        or (before.due_on is not None and (after.due_on is None or after.due_on < before.due_on))
        or (after.result.get("points") or 0) < (before.result.get("points") or 0)
        if before.kind == after.kind != "reregistration"
        else False
    )


# What is typed with each deed: mostly what the law allows, now and then what it does not.

Said = Callable[[Chain, Dispute], dict[str, Any]]


def _admissibility(chain: Chain, row: Dispute) -> dict[str, Any]:
    late = any(one.days_late for one in chain.contested if one.dispute_id == row.id)
    excused = {"excused": chain.dice.choice(("yes", "no")), "excuse_reasons": "De brief kwam laat."} if late else {}
    if row.kind is Kind.OBJECTION:
        return {"advisory": chain.dice.random() < 0.4, **excused}
    return {"defence_until": add_days(chain.today, 14).isoformat(), **excused}


def _seat(chain: Chain, row: Dispute) -> dict[str, Any]:
    advises = row.kind is Kind.OBJECTION and row.advisory and not row.advised_outcome
    panel = ADVISERS if advises else BODY[:4] if row.kind is Kind.OBJECTION else CHAMBER
    sits = {seat.member_id for seat in chain.sitting(row)}
    empty = [one for one in panel if chain.house.id_of(one) not in sits]
    member = empty[0] if empty and chain.dice.random() < 0.9 else chain.dice.choice(EVERYBODY)
    return {"member_id": str(chain.house.id_of(member)), "chair": member == panel[0]}


def _wants(chain: Chain, row: Dispute) -> str:
    """What who votes wants: all the same, mostly; the advice need not be followed."""
    possible = [one.value for one in OUTCOMES[row.kind]]
    possible += [one for one in possible if one in GIVEN] * 2
    if row.draft and chain.dice.random() < 0.95:
        return str(row.draft["outcome"])
    if row.id not in chain.wants or chain.dice.random() < 0.05:
        chain.wants[row.id] = chain.dice.choice(possible)
    return chain.wants[row.id]


def _ruling(chain: Chain, row: Dispute) -> dict[str, Any]:
    if row.draft and chain.dice.random() < 0.95:
        return dict(row.draft)
    outcome = _wants(chain, row)
    new: dict[str, Any] = {"outcome": outcome, "reasons": "Daarom."}
    if outcome == "inadmissible":
        new["ground"] = chain.dice.choice(("no-interest", "late"))
    if row.advised_outcome and row.advised_outcome != outcome:
        new["deviation"] = "Het advies mist een feit."
    if outcome in GIVEN:
        new |= _changes(chain)
        if row.costs_asked_on:
            new |= chain.dice.choice(({"award_costs": True}, {"costs_reasons": "Het kwam door later bewijs."}))
    return new


def _changes(chain: Chain) -> dict[str, Any]:
    """What takes the place of the decision that stands, or that it is taken back; now and then something worse."""
    (stands,) = [one for one in chain.decisions if one.kind in KINDS and one.state is DecisionState.NOTIFIED][-1:]
    other = {"decision_id": str(stands.id), "reasons": "Zo staat het nu."}
    if stands.kind == "strike-off":
        return {"revocations": [str(stands.id)]}
    if stands.kind == "valuation":
        points = chain.dice.choice((10, 20, 30, 40))
        less = {"grounds": ["evidence-insufficient"], "repair": "Voeg bewijs toe."} if points < 40 else {}
        return {"replacements": [other | {"points": points} | less]}
    bad = {"issued_on": "2024-09-05", "grounds": ["outside-accreditation-period"], "repair": "Doe een assessment."}
    return {"replacements": [other | ({"issued_on": "2024-08-30"} if chain.dice.random() < 0.7 else bad)]}


def _later(chain: Chain, least: int, most: int) -> str:
    return add_days(chain.today, chain.dice.randint(least, most)).isoformat()


def _mark(chain: Chain, row: Dispute) -> dict[str, Any]:
    pieces = [one for one in chain.pieces if one.dispute_id == row.id]
    kept = chain.dice.choice(("", "privacy-of-others", "weighty-reasons"))
    return {"piece_id": str(chain.dice.choice(pieces).id) if pieces else str(row.id), "kept_ground": kept}


def _filed(chain: Chain, row: Dispute) -> dict[str, Any]:
    acts = ("withdrawal", "costs-request", "hearing-renunciation", "consent")
    until = {"consented_until": _later(chain, 1, 60)}
    return {"act": chain.dice.choice(acts), "piece_id": _mark(chain, row)["piece_id"], "filed_channel": "post", **until}


SAID: dict[str, Said] = {
    "forwarding": lambda chain, row: {"sent_to": "De gemeente Zwolle"},
    "repair-request": lambda chain, row: {"missing": [chain.dice.choice(("grounds", "signature"))]},
    "repair": lambda chain, row: {"grounds": "Nu wel.", "repaired": ["signature"] if "sign" in row.missing else []},
    "repair-expiry": lambda chain, row: {},
    "admissibility": _admissibility,
    "chamber": lambda chain, row: {},
    "defence": lambda chain, row: {"defence": "Het register blijft erbij."},
    "papers": lambda chain, row: {},
    "seats": _seat,
    "hearing": lambda chain, row: {"held_on": _later(chain, 12, 30), "at": "14:00", "place": "Utrecht"},
    "hearing-question": lambda chain, row: {"reply_until": _later(chain, 1, 14)},
    "hearing-renunciation": lambda chain, row: {},
    "hearing-waiver": lambda chain, row: {
        "ground": "waived" if row.hearing_declined_on else chain.dice.choice([one.value for one in Waiver]),
        "waiver_reasons": "Zij ziet ervan af.",
    },
    "minutes": lambda chain, row: {"minutes": "Beide partijen zijn gehoord."},
    "votes": lambda chain, row: {"outcome": _wants(chain, row)},
    "advice": lambda chain, row: {"advice": "Zoals gestemd."},
    "draft": _ruling,
    "decision": _ruling,
    "notification": lambda chain, row: {},
    "recusal": lambda chain, row: {"recuse_ground": "personal-relation"},
    "piece-mark": _mark,
    "adjournment": lambda chain, row: {},
    "filed-acts": _filed,
    "consent": lambda chain, row: {"consented_until": _later(chain, 1, 90)},
    "default-notice": lambda chain, row: {},
    "interim-request": lambda chain, row: {"interim_reasons": "Het kan niet wachten."},
    "interim-decision": lambda chain, row: {
        "interim_granted": chain.dice.choice(("yes", "no")),
        "interim_answer": "Het wordt nog onderzocht.",
    },
    "costs-request": lambda chain, row: {},
    "withdrawal": lambda chain, row: {},
}
"""By the name of each deed; a new one fails until it is here."""
