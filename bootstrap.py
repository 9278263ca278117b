"""Make .venv, install the locked dependencies and gongkai itself: `python3 bootstrap.py [--dev] [--tools]`.

`--dev` adds what tests and lint need; `--tools` makes .venv-tools, with the programs that other people check
and replay exports with. Needs Python 3.11 or newer and a package index that pip is set up for, nothing else.
Run again after a change of the lock files; with nothing changed it ends at once.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
TOOLS = HERE / ".venv-tools"
ARGUMENTS = ("--dev", "--tools")


def main(arguments: list[str]) -> int:
    """Install what `arguments` ask for; return an exit code."""
    if sys.version_info < (3, 11):
        print(f"gongkai needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable})")
        return 2
    if unknown := [argument for argument in arguments if argument not in ARGUMENTS]:
        print(f"bootstrap.py: unknown argument {unknown[0]}; usage: python3 bootstrap.py [--dev] [--tools]")
        return 2
    install_gongkai(dev="--dev" in arguments)
    if "--tools" in arguments:
        install_tools()
    return 0


def install_gongkai(*, dev: bool) -> None:
    """Install gongkai and what it needs into .venv, with the tools of its developers where `dev` asks."""
    # the lock with the tools holds all of the other: once installed it stays, whichever is asked for next
    installed = VENV / "installed"
    lock = HERE / "requirements-dev.lock"
    if not dev and "dev" not in _read(installed):
        lock = HERE / "requirements.lock"
    stamp = _stamp(lock)
    if _read(installed) == stamp and _python(VENV).exists():
        return
    pip = _install(VENV, lock)
    _run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(HERE))
    _run(str(_python(VENV)), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib"), check=False)
    installed.write_text(stamp)


def install_tools() -> None:
    """Install the programs that the tests hold exports against into .venv-tools."""
    installed = TOOLS / "installed"
    lock = HERE / "requirements-tools.lock"
    stamp = _stamp(lock)
    if _read(installed) == stamp and _python(TOOLS).exists():
        return
    _install(TOOLS, lock)
    installed.write_text(stamp)


def _install(venv: Path, lock: Path) -> tuple[str, ...]:
    """Make an environment of a lock file; return how pip installs into it."""
    print(f"installing {lock.name} into {venv.name} ...", file=sys.stderr)
    _run(sys.executable, "-m", "venv", str(venv))
    pip = (str(_python(venv)), "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    _run(*pip, "--require-hashes", "--no-deps", "--requirement", str(lock))
    return pip


def _python(venv: Path) -> Path:
    return venv / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _stamp(lock: Path) -> str:
    project = (HERE / "pyproject.toml").read_bytes()
    parts = [lock.read_bytes(), project, sys.version.encode(), str(HERE).encode()]
    kind = "dev" if "dev" in lock.name else "run"
    return f"{kind} {hashlib.sha256(b''.join(parts)).hexdigest()}"


def _run(*command: str, check: bool = True) -> None:
    done = subprocess.run(command, check=False)
    if check and done.returncode:
        print(f"bootstrap.py: this step failed: {' '.join(command)}", file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
