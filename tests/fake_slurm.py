"""SLURM's commands as far as submitit uses them: jobs run at once, on this machine, but the first.

The first job of all is lost with its node. `install` writes `sbatch`, `srun`, `sacct` and `scancel`
into a folder to be put on PATH; each job's script is kept there as `NUMBER.sh`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMAND = '#!/bin/sh\nexec "{python}" "{file}" "{folder}" {name} "$@"\n'


def install(folder):
    folder.mkdir()
    for name in COMMANDS:
        text = COMMAND.format(python=sys.executable, file=__file__, folder=folder, name=name)
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)


def sbatch(folder, words):
    number = 1 + len(list(folder.glob("*.sh")))
    script = folder / f"{number}.sh"
    shutil.copy(words[-1], script)
    print(f"Submitted batch job {number}")
    if "bad_partition" in script.read_text():
        sys.exit("sbatch: error: invalid partition specified: bad_partition")
    if number == 1:
        _state(folder, number, "NODE_FAIL")
        return
    _state(folder, number, "RUNNING")
    environment = {**os.environ, "SLURM_JOB_ID": str(number), "SLURM_JOBID": str(number)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen([folder / "srun", "--job", str(number), script], env=environment, **quiet)


def srun(folder, words):
    """Started by sbatch: run the script and note its end. Started by the script: the command."""
    if words[0] == "--job":
        status = subprocess.run(["bash", words[2]], check=False).returncode
        _state(folder, words[1], "FAILED" if status else "COMPLETED")
        return
    command = words[words.index(sys.executable) :]
    os.execv(command[0], command)


def sacct(folder, words):
    print("JobID|State|NodeList")
    for file in folder.glob("*.state"):
        print(f"{file.stem}|{file.read_text()}|here")


def scancel(folder, words):
    _state(folder, words[-1], "CANCELLED")


def _state(folder, number, state):
    (folder / f"{number}.state").write_text(state)


COMMANDS = {"sbatch": sbatch, "srun": srun, "sacct": sacct, "scancel": scancel}

if __name__ == "__main__":
    COMMANDS[sys.argv[2]](Path(sys.argv[1]), sys.argv[3:])
