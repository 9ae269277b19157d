"""PURE: of what the parts of a rule set are made: typed, frozen, bounded."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

V = TypeVar("V")
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Some = Annotated[int, Field(ge=1, le=1_000_000)]
Years = Annotated[int, Field(ge=1, le=100)]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
Table = Annotated[Mapping[Name, V], AfterValidator(MappingProxyType)]


class Part(BaseModel):
    """Anything inside a rule set: typed, frozen, and nothing beyond what is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)
