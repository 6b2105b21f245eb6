"""The command line: what goes where, exit codes, and that nothing is lost, mixed up or half-written.

Most tests put a fake in place of reading, as reading has tests of its own.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import extract
import normalize
import ocr
import pipeline.read
from extract.errors import NotANotice
from extract.notice import to_json
from ocr import errors
from ocr.page import Page
from pipeline.batch.output import OutputFailed, plan, write
from pipeline.cli import main
from pipeline.settings import Settings
from tests.documents import a_notice


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, [str(each) for each in arguments])


@pytest.fixture
def reading(monkeypatch):
    """`bad*` is no notice, `broken*` trips over a defect, `bundle*` holds three; the others are one of two pages."""

    def fake(path, settings, watch):
        if path.name.startswith("bad"):
            raise NotANotice(path)
        if path.name.startswith("broken"):
            raise ZeroDivisionError("half\x1b[31m")
        watch(Page(1, 0, 0, ()), 2)
        watch(Page(2, 0, 0, (), problem="torn"), 2)
        return (a_notice(),) * (3 if path.name.startswith("bundle") else 1)

    monkeypatch.setattr(pipeline.read, "read_notices", fake)
    monkeypatch.setattr(pipeline.read, "read_text", lambda path, settings, watch: "THÔNG BÁO\n\f")


def test_one_file_prints_its_json_and_nothing_else(run, reading):
    result = run("read", "tb-05.pdf")
    assert result.exit_code == 0
    assert result.stdout == to_json(a_notice())
    assert "tb-05.pdf: page 2 could not be read: torn" in result.stderr


def test_quiet_tells_of_failures_only(run, reading):
    assert run("read", "--quiet", "tb-05.pdf").stderr == "tb-05.pdf: page 2 could not be read: torn\n"
    assert run("read", "--quiet", "bad.pdf").stderr.startswith("error: bad.pdf: this is no administrative notice")


def test_text_goes_page_by_page(run, reading, tmp_path):
    assert run("read", "--text", "tb-05.pdf").stdout == "THÔNG BÁO\n\f"
    assert run("read", "--text", "--out", tmp_path, "tb-05.pdf").exit_code == 0
    assert (tmp_path / "tb-05.txt").read_text("utf-8") == "THÔNG BÁO\n\f"


def test_several_files_need_a_folder(run, reading):
    result = run("read", "a.pdf", "b.pdf")
    assert result.exit_code == 2
    assert "--out DIR" in result.stderr


def test_the_others_still_come_out(run, reading, tmp_path):
    result = run("read", "--out", tmp_path / "new" / "notices", "a.pdf", "bad.pdf", "broken.pdf", "c.txt")
    assert result.exit_code == NotANotice.exit_code, "the first failure decides"
    assert sorted(path.name for path in (tmp_path / "new" / "notices").iterdir()) == ["a.json", "c.json"]
    assert result.stdout == ""
    assert "broken.pdf: thongbao failed on it (ZeroDivisionError" in result.stderr


def test_a_defect_of_ours_has_exit_code_1(run, reading):
    result = run("read", "broken.pdf")
    assert result.exit_code == 1
    assert "ZeroDivisionError: half" in result.stderr
    assert "test_cli.py, line" in result.stderr
    assert "Please report this" in result.stderr


def test_a_name_does_not_steer_the_terminal(run, reading):
    result = run("read", "bad\x1b[2J\n.pdf")
    assert "\x1b" not in result.stderr
    assert "bad?[2J?.pdf: this is no" in result.stderr


def test_a_failure_leaves_nothing_behind(run, reading, tmp_path):
    assert run("read", "--out", tmp_path, "bad.pdf").exit_code == NotANotice.exit_code
    assert list(tmp_path.iterdir()) == []


def test_an_old_result_survives_a_failure(run, reading, tmp_path):
    (tmp_path / "bad.json").write_text("old")
    run("read", "--out", tmp_path, "bad.pdf")
    assert (tmp_path / "bad.json").read_text() == "old"


def test_two_files_of_one_stem_are_refused_before_any_is_read(run, reading, tmp_path):
    result = run("read", "--out", tmp_path, "x/tb.pdf", "y/tb.txt")
    assert result.exit_code == 16
    assert "x/tb.pdf" in result.stderr
    assert "y/tb.txt" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_file_twice_is_read_once(run, reading, tmp_path):
    assert run("read", "--out", tmp_path, "tb.pdf", "tb.pdf").exit_code == 0


def test_several_notices_of_one_file_are_numbered(run, reading, tmp_path):
    assert run("read", "--out", tmp_path, "bundle.pdf").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle-2.json", "bundle-3.json", "bundle.json"]
    assert run("read", "bundle.pdf").stdout == to_json(a_notice()) * 3


def test_a_numbered_notice_does_not_replace_another_files(run, reading, tmp_path):
    result = run("read", "--out", tmp_path, "bundle.pdf", "bundle-2.txt")
    assert result.exit_code == 16
    assert "bundle.pdf: it holds 3 notices" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bundle-2-2.json", "bundle-2-3.json", "bundle-2.json",
    ]  # fmt: skip


def test_an_original_is_never_replaced(run, reading, tmp_path):
    dump = tmp_path / "tb.txt"
    dump.write_text("THONG BAO")
    result = run("read", "--text", "--out", tmp_path, dump)
    assert result.exit_code == 16
    assert dump.read_text() == "THONG BAO"


@pytest.mark.parametrize("name", ["../../evil.pdf", "/etc/evil.pdf", "a/../../evil.pdf", ".evil", "e\nvil.pdf", "..."])
def test_no_path_leaves_the_output_folder(name):
    for target in plan([Path(name)], Path("out"), ".json").values():
        assert target.parent == Path("out")
        assert target.name.endswith(".json")


def test_a_link_in_the_output_folder_is_replaced_not_followed(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("keep")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "tb.json").symlink_to(precious)
    write(tmp_path / "out" / "tb.json", b"{}")
    assert precious.read_text() == "keep"
    assert not (tmp_path / "out" / "tb.json").is_symlink()


@pytest.mark.parametrize("fault", [errno.EACCES, errno.EROFS, errno.ENOSPC])
@pytest.mark.parametrize("when", ["tempfile.mkstemp", "pathlib.Path.write_bytes", "pathlib.Path.replace"])
def test_a_disk_that_refuses(run, reading, tmp_path, monkeypatch, fault, when):
    def refuse(*_, **__):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(when, refuse)
    result = run("read", "--out", tmp_path, "tb.pdf")
    assert result.exit_code == OutputFailed.exit_code
    assert os.strerror(fault) in result.stderr
    assert "permissions" in result.stderr
    assert list(tmp_path.iterdir()) == [], "nothing half-written stays"


def test_results_that_cannot_be_written(run, reading, tmp_path):
    (tmp_path / "file").write_text("no folder")
    below = run("read", "--out", tmp_path / "file" / "deep", "tb.pdf")
    (tmp_path / "tb.json").mkdir()
    taken = run("read", "--out", tmp_path, "tb.pdf")
    assert below.exit_code == taken.exit_code == OutputFailed.exit_code
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [], "no temporary file stays"


def test_a_result_has_the_permissions_of_any_new_file(tmp_path):
    write(tmp_path / "a.json", b"{}")
    (tmp_path / "plain").write_bytes(b"")
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_what_is_no_file(run, name):
    result = run("read", name)
    assert result.exit_code == errors.Unreadable.exit_code
    assert result.stdout == ""


def test_a_dash_is_a_file_name_not_standard_input(run):
    assert run("read", "-").exit_code == errors.Unreadable.exit_code


@pytest.mark.parametrize("language", ["vie;rm", "--help", "", "../vie", "vie+"])
def test_a_language_is_a_name(run, reading, language):
    assert run("read", "--language", language, "tb.pdf").exit_code == 2
    assert run("read", "--language", "vie+script/Vietnamese", "tb.pdf").exit_code == 0


def test_the_threshold_of_review_reaches_the_reader(run, monkeypatch):
    told = []
    monkeypatch.setattr(pipeline.read, "read_notices", lambda _, settings, __: told.append(settings) or (a_notice(),))
    assert run("read", "tb.pdf").exit_code == 0
    assert run("read", "--review-below", "0.95", "tb.pdf").exit_code == 0
    assert run("read", "--review-below", "1.5", "tb.pdf").exit_code == 2
    assert [settings.review_below for settings in told] == [Settings().review_below, 0.95]


def test_schema_is_json(run):
    assert json.loads(run("schema").stdout)["title"] == "Notice"


def test_doctor_names_versions(run):
    result = run("doctor")
    assert "pydantic" in result.stdout
    assert "unit lists" in result.stdout


def test_doctor_names_the_remedy(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    from ocr.installed import probe

    probe.cache_clear()
    result = run("doctor")
    probe.cache_clear()
    assert result.exit_code == 1
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in result.stdout
    assert "apt-get install poppler-utils" in result.stdout


def test_export_by_command(run, tmp_path):
    (tmp_path / "tb.json").write_text(to_json(a_notice()), "utf-8")
    (tmp_path / "no.json").write_text("{}")
    result = run("export", tmp_path, "--to", "csv", "--out", tmp_path / "tables")
    assert result.exit_code == 17
    assert "no.json" in result.stderr
    assert (tmp_path / "tables" / "results.csv").exists()
    assert run("export", tmp_path / "missing", "--to", "csv").exit_code == errors.Unreadable.exit_code


def test_each_kind_of_failure_has_its_own_exit_code_and_is_documented():
    for package in (ocr, normalize, extract, pipeline):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    kinds = set(_below(errors.ThongbaoError))
    codes = [kind.exit_code for kind in kinds]
    assert len(codes) == len(set(codes))
    table = (Path(__file__).parent.parent / "docs" / "errors.md").read_text("utf-8")
    missing = [kind.__name__ for kind in kinds if f"| {kind.exit_code} | `{kind.__name__}` |" not in table]
    assert not missing, f"docs/errors.md does not tell of {missing}"
    assert {"BadUnitList", "BadDocument", "ProgramFault"} <= {kind.__name__ for kind in kinds}, "all were looked at"


def _below(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)])
def test_help_teaches(run, command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    if not isinstance(main.commands.get(*command) if command else main, click.Group) and command != ["doctor"]:
        assert f"thongbao {' '.join(command)}" in result.stdout, "an example stands in the help"


def test_help_loads_nothing_heavy():
    code = (
        "import sys, contextlib\n"
        "from pipeline.cli import main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        "heavy = {'pandas', 'numpy', 'spacy', 'pydantic', 'cv2', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_from_python():
    from pipeline import Settings, read_notice, read_notices

    assert read_notice is pipeline.read.read_notice
    assert read_notices is pipeline.read.read_notices
    assert Settings().review_below == 0.8
    with pytest.raises(AttributeError):
        pipeline.nothing  # noqa: B018
