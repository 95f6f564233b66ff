"""Run a command, then print on a last line the most memory it held resident, in MiB.

A process of its own, and a small one: a child is first a copy of who starts it, and the system
counts the memory of that copy as the child's.
"""

from __future__ import annotations

import resource
import subprocess
import sys

UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10

if __name__ == "__main__":
    status = subprocess.call(sys.argv[1:])
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / UNIT)
    sys.exit(status)
