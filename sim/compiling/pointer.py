"""A compiled world passed by its address.

numba passes a tuple of arrays by value: some hundred numbers for each call of a rule, which made
compiling four times and running eight times slower than this (docs/decisions.md). A `Pointed`
holds the address of the tuple on the kernel's stack; its attributes are the tuple's.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model


class Pointed(types.Type):  # type: ignore[misc]
    """The type of the address of a named tuple of arrays and records."""

    def __init__(self, content: Any) -> None:
        self.content = content
        super().__init__(name="World")


@register_model(Pointed)
class _Model(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, ir.IntType(8).as_pointer())


@intrinsic  # type: ignore[untyped-decorator]
def address_of(typing: Any, content: Any) -> Any:
    """The address of a named tuple; good until the kernel that took it returns."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        slot = cgutils.alloca_once_value(builder, values[0])
        return builder.bitcast(slot, ir.IntType(8).as_pointer())

    return Pointed(content)(content), generate


@infer_getattr
class _Attributes(AttributeTemplate):  # type: ignore[misc]
    key = Pointed

    def generic_resolve(self, pointed: Any, name: str) -> Any:
        return pointed.content.types[pointed.content.fields.index(name)]


@lower_getattr_generic(Pointed)  # type: ignore[untyped-decorator]
def _load(context: Any, builder: Any, pointed: Any, value: Any, name: str) -> Any:
    content = pointed.content
    kind = context.get_value_type(content).as_pointer()
    place = content.fields.index(name)
    return builder.load(cgutils.gep_inbounds(builder, builder.bitcast(value, kind), 0, place))
