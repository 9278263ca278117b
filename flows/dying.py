"""Child processes that end when their parent does, however it ends."""

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # prctl(2), Linux


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return a `preexec_fn` by which the kernel sends `number` to the child when its parent has died.

    None where the system is not Linux: there a child of a killed parent runs on to its end.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up before the fork, where little is safe to do

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, number)

    return ask_kernel
