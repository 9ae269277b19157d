"""What page handlers of every room share: render, read a form, come back with what was typed, move on."""

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from litestar.datastructures import UploadFile
from litestar.response import Redirect, Template
from pydantic import BaseModel

from core import texts
from core.errors import Invalid, Problem, Refused, Stale, TooLarge
from core.labels import after_label
from core.store.work import Work
from core.web import forms
from core.web.forms import Form
from core.web.frame import base
from core.web.http import AnyRequest

M = TypeVar("M", bound=BaseModel)
SAID = texts.load()
# What the person can mend: the same page comes back. Everything else becomes a page of its own.
MENDABLE = (Invalid, Refused, Stale, TooLarge)
FILE_CODES = frozenset(
    {"empty-file", "file-too-large", "file-kind", "file-name-differs", "file-locked", "file-broken", "file-too-heavy"}
)
ACCEPT = ".pdf,.png,.jpg,.jpeg,.jpe,.jfif"
MAX_SIZE = "10 MB"


def _(msgid: str, /, **facts: object) -> str:
    """The text of a page, in the language of this request."""
    return SAID.gettext(msgid, None, **facts)


def label(value: object, group: str) -> str:
    """An enum value in words."""
    return SAID.label(value, group)


def options(values: Any, group: str) -> list[tuple[str, str]]:
    """The choices of a field: value and words."""
    return [(str(value), label(value, group)) for value in values]


def render(
    request: AnyRequest,
    template: str,
    work: Work | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Template:
    """A page with the frame around it; a form with mistakes gives it their status, so that nothing is kept."""
    form = context.setdefault("form", Form())
    form.summary = [(name, after_label(name, sentence) if name else sentence) for name, sentence in form.summary]
    if work is not None:
        context.setdefault("today", work.today)
    frame = base(request)
    frame["post_answered"] = request.method == "POST" and form.status < 400 and not form.summary
    return Template(
        template, context=frame | context, status_code=form.status, headers=dict(headers) if headers else None
    )


def redirect(path: str, done: str = "", **query: str) -> Redirect:
    """On to the next page; `done` names the notice that it shows."""
    asked = {**({"gedaan": done} if done else {}), **query}
    return Redirect(f"{path}?{urlencode(asked)}" if asked else path, status_code=303)


async def form_values(request: AnyRequest) -> dict[str, str]:
    """What was typed; of a name that comes twice the last."""
    return {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}


async def checked_values(request: AnyRequest, name: str) -> list[str]:
    """Every box of a name that was ticked."""
    return [value for each, value in (await request.form()).multi_items() if each == name and isinstance(value, str)]


async def uploaded(request: AnyRequest, name: str) -> tuple[str, bytes] | None:
    """Name and content of a file, or None when none was chosen."""
    for each, value in (await request.form()).multi_items():
        if each == name and isinstance(value, UploadFile) and value.filename:
            await value.seek(0)
            return value.filename, await value.read()
    return None


def one_list(pasted: str, file: tuple[str, bytes] | None) -> bytes:
    """The list that was pasted, or the one in the file. Invalid("two-lists") for both: one would be lost in silence."""
    if file is None:
        return pasted.encode()
    if pasted.strip():
        raise Invalid("two-lists", [("file", "two-lists")])
    return file[1]


def read(model: type[M], data: Mapping[str, Any]) -> Form[M]:
    """Read a form into a schema, with the reasons in the language of this request."""
    return forms.read(model, data, SAID, texts.spoken())


async def form_with_error(work: Work, form: Form[M], error: Problem, **fields: str) -> Form[M]:
    """Undo what was begun, and note why. `fields` gives the name in the form for one in the refusal."""
    await work.session.rollback()
    if error.code in FILE_CODES and isinstance(error, Problem):
        form.status = error.status
        return form.wrong("file", SAID.sentence(error.code, None, **error.facts))
    noted = form.refused(error, SAID, texts.spoken())
    for old, new in fields.items():
        if old in noted.errors:
            noted.errors[new] = noted.errors.pop(old)
    noted.summary = [(fields.get(name, name), sentence) for name, sentence in noted.summary]
    return noted
