"""The API document: OpenAPI 3.1 at /v1/openapi.json, readable by everybody; its paths leave out /v1."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License, SecurityScheme, Tag

from auth.permissions import PUBLIC
from core.settings import Settings
from core.web.asgi import API
from core.web.problems import PROBLEM
from core.web.response_headers import API_VERSION

TAGS = {
    "public": "What everybody may look up.",
    "register": "Enrolment and the own entries.",
    "applications": "Applications for registration and reregistration, with their documents.",
    "portfolio": "The own portfolio: entries, evidence, ledger, assessment.",
    "committee": "The registration committee: sessions, files, votes, decisions.",
    "decisions": "Decisions, and making them known.",
    "board": "What a board sees of its staff, and what it says and books.",
    "schools": "School locations and boards, as DUO publishes them.",
    "accreditation": "The accredited offer.",
    "attendance": "Runs of accredited courses, who attended them, and the credits that follow.",
    "calculators": "Terms, assessments and entitlements on stated facts; nothing is stored.",
    "sign-in": "Tokens and sessions.",
}

OPENAPI = OpenAPIConfig(
    title="Bekwaam",
    version=API_VERSION,
    summary="Register and certification of Dutch teachers and school leaders",
    description="The JSON API of the register. Words of the field: docs/glossary.md; examples: docs/api.md.",
    license=License(name="EUPL-1.2", identifier="EUPL-1.2"),
    tags=[Tag(name=name, description=text) for name, text in TAGS.items()],
    components=Components(
        security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")}
    ),
    use_handler_docstrings=True,
)

_ERRORS = {
    "400": "The input cannot be taken.",
    "401": "Nobody is signed in, or the token does not hold.",
    "403": "Not for this role, or not on this case.",
    "404": "It does not exist, or the caller may not know that it does.",
    "406": "The caller accepts no form that this resource has.",
    "409": "The state forbids it, or somebody was first.",
    "412": "`If-Match` names another version.",
    "413": "Too much in one message.",
    "415": "A media type that this resource does not read.",
    "422": "The `Idempotency-Key` was used for another request.",
    "428": "`If-Match` is missing.",
    "429": "Too often; see `Retry-After`.",
    "503": "Not now; see `Retry-After`.",
}


def of_installation(document: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The document as an installation gives it: where it is, and whom one asks.

    A server must be named with https (NL API Design Rules): on a trial it is the operator's own site.
    """
    house = settings.house
    origin = settings.origin if settings.origin.startswith("https:") else f"https://{house.site}"
    contact = {"name": house.name, "url": str(house.website), "email": house.email}
    server = {"url": f"{origin}/v1", "description": "This installation; same-origin paths work as well"}
    return {**document, "info": {**document["info"], "contact": contact}, "servers": [server]}


def document(app: Litestar) -> dict[str, Any]:
    """The framework's document, put right: paths without /v1, and every problem that a route may answer."""
    schema: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(app.openapi_schema.to_schema()))
    schema["paths"] = {path.removeprefix(API): item for path, item in schema["paths"].items() if path.startswith(API)}
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = PROBLEM_SCHEMA
    schema["components"]["headers"] = {
        "API-Version": {"description": "Version of the API.", "schema": {"type": "string"}},
        "ETag": {"description": "Version of the resource, for If-Match.", "schema": {"type": "string"}},
    }
    for each in schemas.values():
        _say_numbers(each.get("properties", {}).values())
    schema = _named(schema)
    routes = {route.path: route for route in app.routes}
    for path, item in schema["paths"].items():
        for method, operation in _operations(item):
            handler = _handler(routes.get(API + path) or _by_template(app, API + path), method)
            _complete(operation, method, handler.opt if handler else {})
    return schema


def _say_numbers(properties: Iterable[dict[str, Any]]) -> None:
    """The default of a decimal as a number, where the framework writes it as text."""
    for each in properties:
        if each.get("type") == "number" and isinstance(each.get("default"), str):
            each["default"] = float(each["default"])


def _named(schema: dict[str, Any]) -> dict[str, Any]:
    """Names in UpperCamelCase (API Design Rules), also where two schemas of one name are told apart by their room.

    `register_committee_schemas_NewVote` becomes `RegisterCommitteeNewVote`.
    """
    known = schema["components"]["schemas"]
    names = {name: _upper_camel(name) for name in known if "_" in name}
    text = msgspec.json.encode(schema).decode()
    for old, new in sorted(names.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(f'#/components/schemas/{old}"', f'#/components/schemas/{new}"')
    put_right: dict[str, Any] = msgspec.json.decode(text)
    schemas = put_right["components"]["schemas"]
    put_right["components"]["schemas"] = {names.get(name, name): each for name, each in schemas.items()}
    return put_right


def _upper_camel(name: str) -> str:
    *path, last = name.split("_")
    room = [part for part in path if part not in {"schemas", "policy", "api"}]
    return "".join(part[:1].upper() + part[1:] for part in [*room, last])


def _operations(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for method, operation in item.items():
        if method in {"get", "post", "put", "patch", "delete"}:
            yield method, operation


def _by_template(app: Litestar, path: str) -> Any:
    return next((route for route in app.routes if getattr(route, "path_format", None) == path), None)


def _handler(route: Any, method: str) -> Any:
    handlers = getattr(route, "route_handlers", ())
    return next((one for one in handlers if method.upper() in one.http_methods), None)


def _complete(operation: dict[str, Any], method: str, options: dict[str, Any]) -> None:
    responses = operation["responses"]
    public = options.get("requires") is PUBLIC
    operation["security"] = [] if public else [{"bearer": []}]
    codes = {"400", "404", "406", "429", "503"} | (set() if public else {"401", "403"})
    if method != "get":
        codes |= {"409", "412", "413", "415"}
        operation.setdefault("parameters", [])
        if method == "post" and options.get("idempotent") is not False:
            codes.add("422")
            operation["parameters"].append(_header("Idempotency-Key", "Makes a repetition harmless.", required=False))
        if options.get("if_match"):
            codes.add("428")
            operation["parameters"].append(_header("If-Match", "The `ETag` that was read.", required=True))
    for code in sorted(codes):
        responses[code] = {
            "description": _ERRORS[code],
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    for code, response in responses.items():
        headers = response.setdefault("headers", {})
        headers["API-Version"] = {"$ref": "#/components/headers/API-Version"}
        if code in {"200", "201"}:
            headers["ETag"] = {"$ref": "#/components/headers/ETag"}


def _header(name: str, description: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    return {"name": name, "in": "header", "description": description, "required": required, "schema": schema}


PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457; `code` is stable, `detail` says what would repair it.",
    "required": ["status", "title", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {"field": {"type": "string"}, "code": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "open_moves": {"type": "array", "items": {"type": "string"}},
    },
}
