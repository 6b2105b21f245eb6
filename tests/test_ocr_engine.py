"""What happens when Tesseract is not there, fails, hangs or says nonsense: fakes for each."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr import errors, tesseract
from ocr.installed import ToolProbe
from ocr.limits import Limits
from ocr.read import read_pages
from ocr.render import PageTrouble, render
from ocr.resident import resident
from ocr.source import identify
from ocr.tesseract import EngineTrouble, Task, Tesseract, reading_with, words_of

SAMPLES = Path(__file__).parent.parent / "samples"
HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
ROW = "5\t1\t1\t1\t1\t1\t20\t30\t90\t20\t91\tThông\n5\t1\t1\t1\t1\t2\t120\t30\t60\t20\t93\tbáo\n"


def scan(path: Path, pages: int = 3) -> Path:
    frames = [Image.fromarray(np.full((600, 420), 255 - page, np.uint8)) for page in range(pages)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


def fake_tesseract(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A program named tesseract, first on the path. `$2` is the stem of the output it is to write."""
    program = folder / "bin" / "tesseract"
    program.parent.mkdir()
    listing = (
        'case "$1" in --version) echo "tesseract 5.3.0"; exit;; --list-langs) printf "List:\\nvie\\n"; exit;; esac\n'
    )
    program.write_text("#!/bin/sh\n" + listing + body)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    tesseract.probe.cache_clear()


@pytest.fixture(autouse=True)
def fresh_probe():
    yield
    tesseract.probe.cache_clear()


FAILURES = {
    "crash": ("echo boom >&2; exit 3", "boom"),
    "killed": ("kill -9 $$", "Tesseract failed"),
    "no output": ("exit 0", "wrote no output"),
    "no table": ("echo hello > $2.tsv", "no table"),
    "garbage": ("printf 'level\\t\\377\\376\\n' > $2.tsv", "not UTF-8"),
    "hangs": ("sleep 60", "more than 0.5 s"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failing_engine_says_why(name, tmp_path, monkeypatch):
    body, reason = FAILURES[name]
    fake_tesseract(tmp_path, monkeypatch, body)
    image = tmp_path / "page.pgm"
    image.write_bytes(b"P5 1 1 255\n\xff")
    with pytest.raises(EngineTrouble, match=reason):
        Tesseract(seconds=0.5).read(image, 200)


def test_nothing_lives_on_when_time_is_up(tmp_path, monkeypatch):
    mark = f"{3600 + os.getpid()}"  # an odd duration, to know the process by
    fake_tesseract(tmp_path, monkeypatch, f"sleep {mark} & sleep {mark}")
    image = tmp_path / "page.pgm"
    image.write_bytes(b"P5 1 1 255\n\xff")
    with pytest.raises(EngineTrouble):
        Tesseract(seconds=0.5).read(image, 200)
    time.sleep(0.2)
    alive = subprocess.run(["/bin/ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"sleep {mark}" not in alive


def test_one_bad_page_keeps_the_others(tmp_path):
    @dataclass
    class Stumbles:
        asked: int = 0

        def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
            self.asked += 1
            if self.asked == 2:
                raise EngineTrouble("it stumbled")
            return HEADER + ROW

    with reading_with(Stumbles()):
        pages = list(read_pages(identify(scan(tmp_path / "a.tif"))))
    assert [page.problem for page in pages] == [None, "it stumbled", None]
    assert pages[1].lines == ()
    assert pages[2].lines[0].text == "Thông báo"


def test_no_readable_page_at_all_is_a_failure(tmp_path):
    class Broken:
        def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
            raise EngineTrouble("it is broken")

    path = scan(tmp_path / "a.tif")
    with reading_with(Broken()), pytest.raises(errors.EngineFailed, match="it is broken"):
        list(read_pages(identify(path)))


def test_a_missing_engine_names_the_file_and_the_remedy(tmp_path, monkeypatch):
    path = scan(tmp_path / "a.tif")
    source = identify(path)
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.probe.cache_clear()
    with pytest.raises(errors.EngineMissing, match="apt-get install tesseract-ocr") as caught:
        list(read_pages(source))
    assert str(path) in str(caught.value)


def test_a_missing_language_names_its_package(tmp_path):
    with pytest.raises(errors.LanguageMissing, match="apt-get install tesseract-ocr-vie"):
        ToolProbe(True, "5.3.0", ("eng",)).require("vie", tmp_path)


def test_the_debian_name_of_the_script_model_is_understood():
    assert ToolProbe(True, "5.3.0", ("Vietnamese",)).speaks("script/Vietnamese")


@pytest.mark.parametrize("language", ["../../etc", "vie;rm", "-l", ""])
def test_a_language_is_a_name_and_nothing_else(language):
    with pytest.raises(ValueError, match="language"):
        Tesseract(language)


def test_odd_rows_of_the_table_are_left_out():
    assert [word.text for word in words_of(HEADER + "5\tx\n4\t1\n\n" + ROW)] == ["Thông", "báo"]


def test_a_page_too_large_to_render_is_never_a_blank_one(tmp_path):
    made = pikepdf.new()
    made.add_blank_page(page_size=(14_400, 14_400))
    made.save(tmp_path / "a.pdf")
    seen = identify(tmp_path / "a.pdf")
    source = replace(seen, sheets=(replace(seen.sheets[0], layer=False),))
    with pytest.raises(PageTrouble, match="200 x 200 inches"):
        render(source, 1, 200, Limits())


def test_an_image_cut_short_is_a_damaged_file(tmp_path):
    path = tmp_path / "a.png"
    Image.effect_noise((400, 500), 80).save(path)
    path.write_bytes(path.read_bytes()[:20_000])
    with reading_with(Tesseract()), pytest.raises(errors.DamagedFile, match=r"a\.png"):
        list(read_pages(identify(path)))


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2, 900), (900, 2)])
def test_odd_shapes_are_read_or_refused_but_never_crash(size, tmp_path):
    class Blank:
        def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
            return HEADER

    path = tmp_path / "a.png"
    Image.new("RGB", size, "white").save(path)
    with reading_with(Blank()):
        try:
            pages = list(read_pages(identify(path)))
        except errors.ThongbaoError as error:
            assert str(path) in str(error)
        else:
            assert pages[0].lines == ()


@pytest.mark.engine
def test_the_library_reads_what_the_command_reads(tmp_path):
    if resident("vie") is None:
        pytest.skip("the library of the installed Tesseract is not there")
    page = render(identify(SAMPLES / "seen" / "tb-lac-thuy-2021" / "light.pdf"), 1, 150, Limits()).grey
    for k, crop in enumerate((page[:500], page[500:1000], page[:500])):
        image = tmp_path / f"{k}.pgm"
        cv2.imwrite(str(image), crop)
        for task in Task:
            words = words_of(Tesseract().read(image, 150, task))
            assert words
            assert words_of(resident("vie").read(image, 150, task)) == words


def test_a_library_of_another_version_or_without_the_model_is_not_used(monkeypatch):
    resident.cache_clear()
    assert resident("nosuch") is None
    monkeypatch.setattr("ocr.resident.probe", lambda: ToolProbe(True, "0.1", ("vie",)))
    assert resident("vie") is None
    resident.cache_clear()
