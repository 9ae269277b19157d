"""The letter of a decision as PDF, and the page and route where anybody checks one that was handed over."""

from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlmodel import select

from auth.permissions import PUBLIC, SIGNED_IN
from core import texts
from core.decisions import Decision, DecisionState
from core.errors import Invalid, NotFound
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, render
from register.notification import announcing, letters, sending, service

LONGEST = 40


class Printing(StrEnum):
    """What a letter of ours is: the one that counts, or one that was printed for the post of another day."""

    SENT = "sent"
    REPLACED = "replaced"
    NOT_SENT = "not-sent"


class LetterCheck(msgspec.Struct, frozen=True):
    """What everybody with the letter may know: it is ours, for which day it was printed, and whether it counts.

    `notified_on` is the day that counts; null while its decision is not made known.
    """

    number: str
    kind: str
    printing: Printing
    printed_for: date
    notified_on: date | None
    last_day_to_object: date | None
    stands: bool


async def _letter(work: Work, decision_id: UUID, to_go_on: date | None = None) -> Response[bytes]:
    decision = await service.read(work, decision_id)
    if to_go_on is not None and decision.state is DecisionState.TAKEN:
        return as_pdf(decision, await sending.to_post(work, decision, to_go_on))
    return as_pdf(decision, await sending.letter(work, decision))


def as_pdf(decision: Decision, content: bytes) -> Response[bytes]:
    """A letter as an answer, under the name of its decision."""
    name = quote(f"{SAID.label(decision.kind, 'decision-kind', 'nl')} {decision.number}.pdf")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type="application/pdf", headers=headers)


@get("/mijn/besluiten/{decision_id:uuid}/brief", requires=SIGNED_IN)
async def letter_page(work: WorkDep, decision_id: FromPath[UUID]) -> Response[bytes]:
    """The letter as it was sent, for its addressee; for the secretary, before that, as it would go today."""
    return await _letter(work, decision_id)


@get(
    "/decisions/{decision_id:uuid}/letter",
    requires=SIGNED_IN,
    produces="application/pdf",
    media_type="application/pdf",
    tags=["decisions"],
)
async def letter(work: WorkDep, decision_id: FromPath[UUID], sentOn: FromQuery[date | None] = None) -> Response[bytes]:
    """The letter of a decision as PDF, byte for byte as it was sent; before it is made known, as it would go on a day.

    That day is today unless told, and the paper counts for that day alone.

    A look by somebody else leaves a trace with its addressee.
    """
    return await _letter(work, decision_id, sentOn)


async def check(work: Work, number: str, code: str) -> LetterCheck:
    """What may be told of a letter; NotFound("letter-not-ours") unless number and code belong together."""
    wanted = select(Decision).where(Decision.number == number.strip().upper())
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("letter-not-ours")
    stands = found.state in {DecisionState.NOTIFIED, DecisionState.TAKEN}
    known_on, last_day = found.notified_on, found.last_day_to_object
    if known_on is not None and letters.is_genuine(found, code):
        return LetterCheck(found.number, found.kind, Printing.SENT, known_on, known_on, last_day, stands)
    printed_for = letters.printing_with(found, code, await sending.printed_for(work, found.id), work.means)
    if printed_for is None:
        raise NotFound("letter-not-ours")
    since = await announcing.waiting_again(work, found.id)
    waits = since is not None and printed_for in await sending.printed_for(work, found.id, since)
    state = Printing.REPLACED if known_on and not waits else Printing.NOT_SENT
    return LetterCheck(found.number, found.kind, state, printed_for, known_on, last_day, stands)


def _typed(number: str | None, code: str | None) -> tuple[str, str]:
    given = {"number": (number or "").strip(), "code": (code or "").strip()}
    missing = [(name, "field-missing") for name, value in given.items() if not value]
    long = [(name, "string-too-long") for name, value in given.items() if len(value) > LONGEST]
    if missing or long:
        raise Invalid("invalid-input", missing + long)
    return given["number"], given["code"]


@get("/letter-checks", requires=PUBLIC, tags=["public"])
async def letter_check(
    work: WorkDep, number: FromQuery[str | None] = None, code: FromQuery[str | None] = None
) -> LetterCheck:
    """Whether a letter with this number and verification code is ours, and whether its decision still stands."""
    return await check(work, *_typed(number, code))


@get("/brief-controleren", requires=PUBLIC)
async def check_page(
    request: AnyRequest, work: WorkDep, number: FromQuery[str | None] = None, code: FromQuery[str | None] = None
) -> Template:
    """Type what stands at the foot of a letter, and read whether it is genuine."""
    form: Form[Any] = Form(values={"number": number or "", "code": code or ""})
    found = None
    if number is not None or code is not None:
        try:
            found = await check(work, *_typed(number, code))
        except Invalid as error:
            form.refused(error, SAID, texts.spoken())
        except NotFound as error:
            form.wrong("code", SAID.sentence(error.code))
    return render(request, "public/letter_check.html", work, form=form, found=found)


HANDLERS = [letter_page, check_page]
ROUTES = Router("/", route_handlers=[letter, letter_check])
