"""Make .venv, install the locked dependencies and gongkai itself: `python3 bootstrap.py [--dev]`.

`python3 bootstrap.py --beside NAME` makes .venv-NAME and installs requirements-NAME.lock there, for what
cannot live in one environment with gongkai.

Needs Python 3.11 or newer and a package index that pip is set up for, nothing else. Run again after
a change of the lock files; with nothing changed it ends at once.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
USAGE = "usage: python3 bootstrap.py [--dev | --beside NAME]"


def main(arguments: list[str]) -> int:
    """Install what `arguments` ask for (`--dev` adds the test and lint tools); return an exit code."""
    if sys.version_info < (3, 11):
        print(f"gongkai needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable})")
        return 2
    if arguments[:1] == ["--beside"] and len(arguments) == 2:
        return _install_beside(arguments[1])
    if unknown := [argument for argument in arguments if argument != "--dev"]:
        print(f"bootstrap.py: unknown argument {unknown[0]}; {USAGE}")
        return 2
    # the lock with the tools holds all of the other: once installed it stays, whichever is asked for next
    installed = VENV / "installed"
    lock = HERE / "requirements-dev.lock"
    if "--dev" not in arguments and "dev" not in _read(installed):
        lock = HERE / "requirements.lock"
    if _is_installed(VENV, lock):
        return 0
    _install(VENV, lock)
    pip = (str(_python(VENV)), "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    _run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(HERE))
    _run(str(_python(VENV)), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib"), check=False)
    installed.write_text(_stamp(lock))
    return 0


def _install_beside(name: str) -> int:
    venv, lock = HERE / f".venv-{name}", HERE / f"requirements-{name}.lock"
    if not lock.is_file():
        print(f"bootstrap.py: there is no {lock.name}; {USAGE}")
        return 2
    if not _is_installed(venv, lock):
        _install(venv, lock)
        (venv / "installed").write_text(_stamp(lock))
    return 0


def _is_installed(venv: Path, lock: Path) -> bool:
    return _read(venv / "installed") == _stamp(lock) and _python(venv).exists()


def _install(venv: Path, lock: Path) -> None:
    print(f"installing {lock.name} into {venv.name} ...", file=sys.stderr)
    _run(sys.executable, "-m", "venv", str(venv))
    pip = (str(_python(venv)), "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    _run(*pip, "--require-hashes", "--no-deps", "--requirement", str(lock))


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
