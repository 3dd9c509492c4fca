"""`flask consult revisions`: for scripts."""

from pathlib import Path

from flask import Flask

from tests.consult.word_files import docx, gone, ins, p, r


def file_in(folder: Path, data: bytes) -> str:
    path = folder / "text.docx"
    path.write_bytes(data)
    return str(path)


def test_it_prints_one_paragraph_a_line(app: Flask, tmp_path: Path) -> None:
    file = file_in(tmp_path, docx(p(gone(r("Old")), ins(r("جديد"))), p(r("Two."))))

    accepted = app.test_cli_runner().invoke(args=["consult", "revisions", file, "--accept"])
    rejected = app.test_cli_runner().invoke(args=["consult", "revisions", file, "--reject"])

    assert (accepted.exit_code, accepted.stdout) == (0, "جديد\nTwo.\n")
    assert (rejected.exit_code, rejected.stdout) == (0, "Old\nTwo.\n")


def test_it_refuses_what_is_no_word_file_and_what_is_not_there(app: Flask, tmp_path: Path) -> None:
    file = file_in(tmp_path, b"no")
    runner = app.test_cli_runner()

    for args, said in (
        ([file, "--accept"], "no Word file"),
        ([str(tmp_path / "missing.docx"), "--reject"], "can't be read"),
        ([file], "--accept or --reject"),
    ):
        result = runner.invoke(args=["consult", "revisions", *args])
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
