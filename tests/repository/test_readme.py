"""What the README promises is what the code has."""

import re

from core.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_rows() -> list[str]:
    """The rows of the table of settings as the typed settings have them."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if str(field.default) else "empty"
        rows.append(f"| `PLENARY_{name.upper()}` | {default} | {field.description} |")
    return rows


def test_the_table_of_settings_is_the_typed_settings() -> None:
    written = [line for line in README.splitlines() if line.startswith("| `PLENARY_")]

    assert written == settings_rows()


def test_every_file_the_readme_names_is_there() -> None:
    names = re.findall(r"\]\(([^)#]+)\)", README)

    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_readme_names_the_two_commands() -> None:
    assert "    make run\n" in README
    assert "    make test\n" in README
