"""What comes back from a form: done and on to the next page, or the same page with what was typed and the reasons."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect, Response, Template
from pydantic import BaseModel

from core.errors import Forbidden, NotFound, Problem
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import MENDABLE, checked_values, form_values, form_with_error, read, redirect

A = TypeVar("A")
R = TypeVar("R")
Answer = Template | Redirect
NAMED = re.compile(r"{(\w+)")
NUMBERED = re.compile(r"(\w+_)?number")
Back = Callable[..., Awaitable[Answer] | Awaitable[Template] | Template]
"""The page that a form came from: it takes the request, the work, what its address names, and the form."""


async def submitted(
    request: AnyRequest,
    work: Work,
    form: Form[Any] | None,
    back: Back,
    do: Callable[..., Awaitable[Any]],
    to: str | Callable[[Any], A | Awaitable[A]] = "",
    notice: str = "",
    names: Mapping[str, str] | None = None,
    also: type[Problem] | None = None,
) -> Answer | A:
    """Do what a form asks and move on; on a mistake its page comes back with what was typed and each reason.

    No form is a button, and so is one that no schema read: then `do` takes nothing. `to` is where one goes on, with the
    notice shown there, or what makes the answer out of the result; a result that is an answer goes out as it is.
    `names` gives the name in the form for one in a refusal; `also` is a problem that the person can mend only here.
    What a typed number does not lead to, or not for this person, is a mistake of that field: whether the address leads
    somewhere is seen where its page is made anew.
    """
    mendable = (*MENDABLE, also) if also else MENDABLE
    shown: Form[Any] = form or Form()
    shown.at = request.url.path
    if shown.errors:
        return await _finished(back(request, work, *request.path_params.values(), shown))
    try:
        result = await (do() if shown.value is None else do(shown.value))
    except mendable as error:
        shown = await form_with_error(work, shown, error, **(names or {}))
        return await _finished(back(request, work, *request.path_params.values(), shown))
    except (NotFound, Forbidden) as error:
        if shown.value is None or not (field := _number_typed(shown)):
            raise
        shown = await form_with_error(work, shown, error, **{"": field, **(names or {})})
        try:
            return await _finished(back(request, work, *request.path_params.values(), shown))
        except (NotFound, Forbidden):
            raise error from None
    if isinstance(result, Response):
        return cast("Answer | A", result)
    return redirect(to, notice) if isinstance(to, str) else await _finished(to(result))


def _number_typed(form: Form[Any]) -> str:
    """The field in which somebody typed a number by which another is known; "" without one."""
    return next((name for name, typed in form.values.items() if typed and NUMBERED.fullmatch(name)), "")


async def _finished(answer: R | Awaitable[R]) -> R:
    return await answer if isinstance(answer, Awaitable) else answer


@dataclass(frozen=True)
class Forms:
    """The forms of one page: called with what differs, each becomes a route that comes back as `submitted` does."""

    at: str
    """The address that the paths of the forms hang on, and where one goes on when a form says nothing else."""
    back: Back
    if_match: bool = False

    def __call__(
        self,
        path: str,
        requires: object,
        schema: type[BaseModel] | None,
        do: Callable[..., Awaitable[Any]],
        notice: str = "",
        to: str | Callable[[Any], Answer] = "",
        shows: Callable[[AnyRequest, Work, Any], Template | Awaitable[Template]] | None = None,
        boxes: Sequence[str] = (),
        if_match: bool | None = None,
        idempotent: bool = True,
        names: Mapping[str, str] | None = None,
        reader: Callable[[Any, dict[str, str]], Form[Any]] = read,
        also: type[Problem] | None = None,
    ) -> HTTPRouteHandler:
        """One form. `do` takes the work, what the address names, and what was typed unless `schema` is None.

        In `to`, names of the address stand in braces. `shows` makes the answer a page with what is seen this once. Of
        the fields in `boxes` every one that was ticked counts; they come back as one text, a blank between them.
        """

        named = set(NAMED.findall(self.at + path))
        if isinstance(to, str) and (unknown := set(NAMED.findall(to)) - named):
            raise ValueError(f"{self.at}{path} does not name {unknown}")
        opt = {"requires": requires, "if_match": self.if_match if if_match is None else if_match}

        @post(self.at + path, opt=opt if idempotent else opt | {"idempotent": False})
        async def form(request: AnyRequest, work: WorkDep) -> Template | Redirect:
            given = await form_values(request)
            many = {name: " ".join(await checked_values(request, name)) for name in boxes}
            asked = None if schema is None else reader(schema, given | many)
            given_by = request.path_params
            where = to if callable(to) else re.sub(r":\w+}", "}", to or self.at).format(**given_by)

            async def done(*new: object) -> object:
                return await do(work, *given_by.values(), *new)

            answer = partial(shows, request, work) if shows else where
            return await submitted(request, work, asked, self.back, done, answer, notice, names, also)

        return form
