"""The stage over our own sample scans, with recorded readings: columns, recipients, signer, hands and stamps."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest

from ocr.page import Page, Region
from ocr.read import read_pages
from ocr.source import Kind, identify
from tests.recorded import recorded

SEEN = Path(__file__).parents[1] / "samples" / "seen"
READ = [
    ("tb-tham-tra-thai-nguyen-2022", "light"),
    ("cv-ben-tre-2023", "medium"),
    ("qd-lam-dong-2024", "light"),
]
BY_HAND = {  # what the samples' notice.toml has filled in by hand
    "tb-tham-tra-thai-nguyen-2022": ["3187", "09"],
    "cv-ben-tre-2023": ["236", "10"],
    "qd-lam-dong-2024": [],
}


@lru_cache
def pages(name: str, level: str) -> tuple[Page, ...]:
    with recorded(f"{name} {level}"):
        return tuple(read_pages(identify(SEEN / name / f"{level}.pdf")))


def gold(name: str) -> dict:
    return json.loads((SEEN / name / "gold.json").read_text("utf-8"))["document"]


def lines(read: tuple[Page, ...], region: Region) -> list[str]:
    return [line.text for page in read for line in page.lines if line.region is region]


@pytest.mark.parametrize(("name", "level"), READ)
def test_every_page_is_read(name, level):
    assert [page.problem for page in pages(name, level)] == [None] * len(pages(name, level))


@pytest.mark.parametrize(("name", "level"), READ)
def test_the_columns_of_the_letterhead_stay_apart(name, level):
    read = pages(name, level)
    right = lines(read[:1], Region.RIGHT)
    assert right[0].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA")
    assert any("tháng" in line and "năm" in line for line in right)
    assert any(gold(name)["symbol"].split("-")[0] in line for line in lines(read[:1], Region.LEFT))


@pytest.mark.parametrize(("name", "level"), READ)
def test_the_signer_stands_in_the_right_column_whole(name, level):
    last = lines(pages(name, level), Region.RIGHT)
    family, given = gold(name)["signer"]["name"].split()[0], gold(name)["signer"]["name"].split()[-1]
    assert last[-1].split()[0][:1] == family[:1]
    assert last[-1].split()[-1][:2] == given[:2]


@pytest.mark.parametrize(("name", "level"), READ)
def test_recipients_follow_each_other_in_the_left_column(name, level):
    left = lines(pages(name, level), Region.LEFT)
    start = next(k for k, line in enumerate(left) if line.startswith("Nơi nhận"))
    assert len(left) - start - 1 >= len(gold(name)["recipients"])
    assert "Lưu" in left[-1]


@pytest.mark.parametrize(("name", "level"), READ)
def test_only_what_was_filled_in_by_hand_is_flagged(name, level):
    read = pages(name, level)
    flagged = [word.text for page in read for line in page.lines for word in line.words if word.by_hand]
    assert flagged == BY_HAND[name]


@pytest.mark.parametrize(("name", "level"), READ)
def test_stamps_and_page_numbers_are_in_no_column(name, level):
    kept = [text for region in (Region.BODY, Region.LEFT, Region.RIGHT) for text in lines(pages(name, level), region)]
    assert not [text for text in kept if "Ký bởi" in text or "Thời gian ký" in text or text.strip() == "2"]


@pytest.mark.parametrize(("name", "level"), READ)
def test_words_point_into_the_raw_text_and_into_the_image(name, level):
    for page in pages(name, level):
        for word in (word for line in page.lines for word in line.words):
            assert page.raw[word.start : word.end] == word.text
            assert 0 <= word.box.left <= word.box.right <= page.width
            assert 0 <= word.box.top <= word.box.bottom <= page.height


@pytest.mark.engine
def test_the_real_engine_reads_what_was_recorded():
    name, level = READ[2]
    real = tuple(read_pages(identify(SEEN / name / f"{level}.pdf")))
    assert lines(real, Region.LEFT) == lines(pages(name, level), Region.LEFT)


def digital(path: Path) -> Path:
    """A PDF with a text layer: a letterhead side by side and a paragraph."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    rows = [
        (90, 780, "UBND TINH LANG SON"),
        (290, 780, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
        (90, 764, "SO NOI VU"),
        (330, 764, "Doc lap - Tu do - Hanh phuc"),
        (90, 740, "So: 12/TB-SNV"),
        (330, 740, "Lang Son, ngay 8 thang 5 nam 2023"),
        (90, 690, "Thuc hien Ke hoach so 18 cua Uy ban nhan dan tinh ve viec xay dung nong thon"),
    ]
    shown = " ".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in rows)
    made.pages[0].Contents = made.make_stream(shown.encode())
    made.save(path)
    return path


def test_a_text_layer_is_laid_out_like_a_scan(tmp_path):
    source = identify(digital(tmp_path / "a.pdf"))
    (page,) = read_pages(source)
    assert source.kind is Kind.DIGITAL
    assert lines((page,), Region.LEFT) == ["UBND TINH LANG SON", "SO NOI VU", "So: 12/TB-SNV"]
    assert lines((page,), Region.RIGHT)[-1] == "Lang Son, ngay 8 thang 5 nam 2023"
    assert page.width == round(595 / 72 * 200)
    assert page.lines[0].words[0].confidence == 1.0
