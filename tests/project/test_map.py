"""The map names every folder, and nothing that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "docs" / "map.md"


def tracked_folders() -> list[str]:
    top = [ROOT / name for name in ("src/khabar", "samples", "eval", "bench", "scripts", "tests", "docs")]
    inner = [
        folder
        for base in (ROOT / "src/khabar", ROOT / "eval", ROOT / "bench")
        for folder in base.iterdir()
        if folder.is_dir()
    ]
    return sorted(f"{folder.relative_to(ROOT)}/" for folder in [*top, *inner] if folder.name != "__pycache__")


@pytest.mark.parametrize("folder", tracked_folders())
def test_every_folder_is_on_the_map(folder: str) -> None:
    assert f"`{folder}`" in MAP.read_text("utf-8")


@pytest.mark.parametrize("folder", re.findall(r"^\| `([\w/]+/)`", MAP.read_text("utf-8"), re.MULTILINE))
def test_everything_on_the_map_is_there(folder: str) -> None:
    assert (ROOT / folder).is_dir()
