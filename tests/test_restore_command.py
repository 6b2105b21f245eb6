"""`thongbao restore`."""

from click.testing import CliRunner

from ocr.errors import NotADocument, Unreadable
from pipeline.cli_restore import restore

GIVEN = "Uy ban nhan dan huyén\nvé viéc xay dung néng thén méi s6 12/KH-UBND\n"
TRUE = "Ủy ban nhân dân huyện\nvề việc xây dựng nông thôn mới số 12/KH-UBND\n"


def test_prints_the_restored_text_of_a_file_and_of_standard_input(tmp_path):
    file = tmp_path / "dump.txt"
    file.write_text(GIVEN, encoding="utf-8")
    run = CliRunner()
    assert run.invoke(restore, [str(file)]).output == TRUE
    assert run.invoke(restore, ["-"], input=GIVEN.encode()).output == TRUE


def test_lists_changes(tmp_path):
    rows = CliRunner().invoke(restore, ["--changes", "-"], input=GIVEN.encode()).output.splitlines()
    assert rows[0].split("\t")[:3] == ["1", "Uy", "Ủy"]
    assert rows[-1].split("\t")[:3] == ["2", "s6", "số"]


def test_what_is_no_text_is_a_typed_failure(tmp_path):
    file = tmp_path / "latin.txt"
    file.write_bytes("huyện".encode("utf-16"))
    assert CliRunner().invoke(restore, [str(file)]).exit_code == NotADocument.exit_code
    assert CliRunner().invoke(restore, [str(tmp_path / "none.txt")]).exit_code == Unreadable.exit_code
