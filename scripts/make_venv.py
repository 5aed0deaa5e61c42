"""Makes `.venv` and installs Khabar into it, from the lock file and nothing else.

Debian and Ubuntu leave pip and ensurepip out of the plain `python3` package.  Where they are missing, a pinned
pip is fetched from the package index and checked against its hash, so that Python, make and git are enough.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PIP_WHEEL = "pip-25.3-py3-none-any.whl"
PIP_SHA256 = "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd"


def main() -> int:
    """Make the environment; returns the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything else has looked
        print(
            f"Khabar needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        print("Name another one with: make install PYTHON=python3.12", file=sys.stderr)
        return 1
    print("Making .venv and installing from requirements.lock; the first time this takes a minute or two.", flush=True)
    python = VENV / "bin" / "python"
    if not python.exists():
        venv.EnvBuilder(with_pip=False, clear=VENV.exists()).create(VENV)
    with tempfile.TemporaryDirectory() as folder:
        pip = [str(python), *_pip(python, Path(folder))]
        _run([*pip, "install", "-qq", "--require-hashes", "-r", str(ROOT / "requirements.lock")])
        _run([*pip, "install", "-qq", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    return 0


def _pip(python: Path, folder: Path) -> list[str]:
    """How to call pip in the environment: its own one, ensurepip's, or a wheel run from its file."""
    if _works([str(python), "-m", "pip", "--version"]) or _works([str(python), "-m", "ensurepip", "--default-pip"]):
        return ["-m", "pip"]
    wheel = folder / PIP_WHEEL
    wheel.write_bytes(_fetch_pip())
    _run([str(python), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)])
    return ["-m", "pip"]


def _fetch_pip() -> bytes:
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(index, headers=accept), timeout=60) as answer:
            files = json.load(answer)["files"]
        url = next(file["url"] for file in files if file["filename"] == PIP_WHEEL)
        with urllib.request.urlopen(urllib.parse.urljoin(index, url), timeout=120) as answer:
            wheel: bytes = answer.read()
    except (urllib.error.URLError, StopIteration, ValueError) as error:
        print("On Debian or Ubuntu, `apt install python3-venv` gives Python its pip.", file=sys.stderr)
        sys.exit(f"Python has no pip here and none could be fetched from {index}: {error}")
    if hashlib.sha256(wheel).hexdigest() != PIP_SHA256:
        sys.exit(f"The pip fetched from {index} is not the one that was pinned; stopped.")
    return wheel


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _run(command: list[str]) -> None:
    status = subprocess.run(command, check=False).returncode
    if status:
        sys.exit(f"failed with status {status}: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main())
