"""Facts and answer as a decision keeps them, so that it can be taken again and come out the same."""

from typing import Any

import msgspec

from register.rules.assessment.answer import Assessment
from register.rules.assessment.facts import Facts

_JSON = msgspec.json.Encoder(decimal_format="number")


def facts_as_json(facts: Facts) -> dict[str, Any]:
    """Facts as the calculator reads them; what is unknown is left out."""
    known: dict[str, Any] = msgspec.json.decode(_JSON.encode(facts))
    return {name: _known(one) for name, one in known.items() if one is not None}


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_known(one) for one in value]
    return value


def result_as_json(answer: Assessment) -> dict[str, Any]:
    """The answer as the calculator gives it."""
    result: dict[str, Any] = msgspec.json.decode(_JSON.encode(answer.as_dict()))
    return result
