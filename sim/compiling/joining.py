"""Rules become machine code only inside a kernel.

numba optimises each function that it compiles, with all that is inlined into it, and makes machine
code of it; the 400 functions of the model are called by nothing but each other and the kernel. So
they are only joined, and the kernel is optimised once: half the time to compile, the same bits.
"""

from __future__ import annotations

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class _Joined(JITCodeLibrary):  # type: ignore[misc]
    """The code of a function that is not run by itself."""

    def _optimize_final_module(self) -> None:
        """Leave it to the kernel."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """No address: there is no machine code."""
        self._ensure_finalized()
        return 0

    @property
    def codegen(self) -> _Joined:
        """Whom numba tells the function's environment, which only machine code would need."""
        return self

    def set_env(self, name: str, environment: object) -> None:
        """Nothing to be told."""


class Joining(Compiler):  # type: ignore[misc]
    """numba's compiler, for functions that are called by compiled code only."""

    def define_pipelines(self) -> list[object]:
        """numba's own passes, into code that is joined and not run."""
        state = self.state
        state.library = _Joined(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return super().define_pipelines()  # type: ignore[no-any-return]
