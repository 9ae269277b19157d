"""The library of coded grounds as JSON, for pages and for who writes decisions elsewhere."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from auth.permissions import PUBLIC
from core.web.http import AnyRequest, language
from register.committee.grounds import library
from register.committee.grounds.library import Ground
from register.entries.policy import Register


@get("/grounds", requires=PUBLIC, tags=["committee"])
async def grounds(
    register: Annotated[Register, QueryParameter(name="register")], request: AnyRequest
) -> Sequence[Ground]:
    """The library of coded grounds in the words of a register: the sentence, its article, what would repair it."""
    return library.grounds(register.value, sorted(library.codes()), language(request))


ROUTES = Router("/", route_handlers=[grounds])
