"""What the documents say is so: the README's Python runs, its commands exist, its tables come from results."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from eval.readme import newest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
KHABAR = Path(sys.executable).with_name("khabar")


def help_of(*command: str) -> str:
    return subprocess.run([KHABAR, *command, "--help"], check=True, capture_output=True, text=True, cwd=ROOT).stdout


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_python_in_the_readme_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^\| `khabar (\w+)", README, re.MULTILINE))))
def test_commands_in_the_readme_exist_and_have_help(command: str) -> None:
    assert len(help_of(command)) > 200


def test_every_command_is_in_the_readme() -> None:
    commands = re.findall(r"^  ([a-z]+)  ", help_of().partition("Commands:")[2], re.MULTILINE)
    assert len(commands) >= 7
    assert [command for command in commands if f"| `khabar {command}" not in README] == []


def test_make_targets_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:`|^ {4})make (\w+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readme_shows_the_newest_results() -> None:
    for gold, result in newest().items():
        figure = result["figures"]["events"][0]
        assert re.search(rf"\| {re.escape(gold)} \|.*\| {figure:.2f} \|", README), f"run: make readme ({gold})"


def test_local_links_of_the_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
