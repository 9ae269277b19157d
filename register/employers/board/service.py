"""What a board does: checks a list, and says who left or came, which its holder confirms."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from auth import merged_persons
from auth import queries as people
from auth.numbers import bare, is_bsn, is_register_number
from core.errors import Invalid, NotFound
from core.records import filled
from core.store import tables
from core.store.work import Work
from register.employers.board import queries
from register.employers.board.policy import MOST_LINES, MOST_SHOWN, MOST_UPLOADED, Answer, Line, answer
from register.employers.board.schemas import CheckedView, NewPost, PostEnd
from register.employers.deliveries import service as deliveries
from register.employers.deliveries.models import AppointmentClaim
from register.entries import search
from register.entries.enrolment import full_code
from register.entries.models import Appointment
from register.portfolio.sharing import queries as sharing
from register.schools import queries as schools

SHAPE = tables.Shape(
    known=("registernummer", "nummer", "register_number", "number", "naam", "achternaam", "name", "family_name"),
    ragged=True,
    most_rows=10 * MOST_LINES,
    most_bytes=MOST_UPLOADED,
)


def lines_of(table: tables.Table) -> Sequence[Line]:
    """The lines of a list: a number, and perhaps a family name.

    Invalid: `no-lines`, `too-many-lines`, `list-has-bsn`.
    """
    found = [Line(line, "") for line, _code in table.refused]
    for at, cells in table.rows:
        numbers = [number for number in (bare(cell) for cell in cells) if number.isdigit()]
        number = next((each for each in numbers if is_register_number(each)), next(iter(numbers), ""))
        words = [cell for cell in cells if cell and not any(character.isdigit() for character in cell)]
        if not number and not found and len(cells) > 1:
            continue  # the heading of a file
        if is_bsn(number):
            raise Invalid("list-has-bsn", [("list", "list-has-bsn")], line=at)
        name = words[0] if words else ""
        typed = "; ".join(cell for cell in cells if cell)[:MOST_SHOWN]
        found.append(Line(at, number, name) if is_register_number(number) else Line(at, "", name, typed))
    if not found:
        raise Invalid("no-lines", [("list", "no-lines")])
    if len(found) > MOST_LINES:
        raise Invalid("too-many-lines", [("list", "too-many-lines")], most=MOST_LINES)
    return sorted(found, key=lambda line: line.at)


async def check(work: Work, content: bytes) -> list[CheckedView]:
    """What the register says of each line; Invalid as tables.read and lists.lines_of. Only what everybody may know."""
    lines = lines_of(await work.outside(tables.read(content, SHAPE)))
    numbers = {line.number for line in lines if line.number}
    moved = await merged_persons.numbers_after_merge(work.session, numbers)
    faces: dict[str, list[Any]] = defaultdict(list)
    for row in await queries.entries_under(work, {moved.get(number, number) for number in numbers}):
        faces[row.register_number].append(row)
    persons = {row.person_id for rows in faces.values() for row in rows}
    ours = await queries.employed_among(work, await sharing.boards_of(work), persons)
    seen: set[str] = set()
    found = []
    for line in lines:
        rows = faces.get(moved.get(line.number, line.number), [])
        found.append(_checked(line, rows, moved.get(line.number), line.number in seen, ours))
        seen.add(line.number)
    work.looked("board:check", lines=len(lines), found=sum(one.answer == Answer.FOUND for one in found))
    return found


def _checked(line: Line, rows: Sequence[Any], now_under: str | None, seen: bool, ours: set[UUID]) -> CheckedView:
    said = answer(line, [row.name_key for row in rows], seen)
    shown = rows if said is Answer.FOUND else []
    return filled(
        CheckedView,
        line,
        line=line.at,
        answer=said.value,
        now_under=now_under,
        works_here=any(row.person_id in ours for row in shown),
        entries=[search.view(row[:-1]) for row in shown],
    )


async def one(work: Work, number: str) -> tuple[Sequence[Any], Sequence[tuple[Appointment, str]]]:
    """Somebody who works here now: the public entries with their person, and the posts. NotFound("no-such-person")."""
    rows = await sharing.staff(work, None, 10, sharing.Wanted(text=number))
    if not number.isdigit() or not rows:
        raise NotFound("no-such-person")
    posts = await queries.posts_at(work, await sharing.boards_of(work), rows[0].person_id)
    return rows, posts


async def say_ended(work: Work, appointment_id: UUID, new: PostEnd) -> AppointmentClaim:
    """Say that a post ended; its holder confirms it. NotFound("no-such-appointment"); as deliveries.say."""
    post = await queries.post_at(work, await sharing.boards_of(work), appointment_id)
    if new.ended_on < post.appointed_on:
        raise Invalid("invalid-input", [("ended_on", "ends-before-it-began")])
    return await deliveries.say(
        work,
        AppointmentClaim(
            person_id=post.person_id,
            appointment_id=post.id,
            board_number=post.board_number,
            location_code=post.location_code,
            role=post.role,
            appointed_on=post.appointed_on,
            ended_on=new.ended_on,
            delivered_at=work.now,
        ),
    )


async def say_came(work: Work, new: NewPost) -> AppointmentClaim:
    """Say that somebody works here; they confirm it.

    Invalid: `school-of-another-board`, `no-such-person`, those of `schools.require_place`; as deliveries.say.
    """
    if new.board_number not in await sharing.boards_of(work):
        raise Invalid("invalid-input", [("board_number", "school-of-another-board")])
    code = full_code(new.location_code)
    await schools.require_place(work, code, new.appointed_on, new.board_number)
    try:
        person = await people.person_named(work.session, new.register_number, new.family_name)
    except NotFound as error:
        raise Invalid("invalid-input", [("register_number", "no-such-person")]) from error
    return await deliveries.say(
        work,
        AppointmentClaim(
            person_id=person.id,
            board_number=new.board_number,
            location_code=code,
            role=new.role,
            appointed_on=new.appointed_on,
            delivered_at=work.now,
        ),
    )
