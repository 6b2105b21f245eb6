"""Which words stand side by side in bodies' names: the list is what the notices of the cases hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.words.beside import stranger
from tools.count_neighbours import OUT, names_in, table

WHOLE = Path(__file__).parent / "cases" / "whole"


def test_the_list_is_counted_from_the_cases() -> None:
    """After notices are added: `python -m tools.count_neighbours tests/cases/whole/write tests/cases/whole/dumps`.

    Those of `judge` are never looked at, by a tool neither.
    """
    found = [file for half in ("write", "dumps") for file in sorted((WHOLE / half).glob("*.json"))]
    documents = (json.loads(file.read_text("utf-8")) for file in found)
    rows = table(name for document in documents for name in names_in(document))
    assert OUT.read_text("utf-8").splitlines()[1:] == rows


@pytest.mark.parametrize(
    "name",
    [
        "Ban KTNS, HĐND tỉnh",  # offices that no notice of ours has
        "Các Sở: Văn hóa, Thể thao và Du lịch, Tư pháp",
        "Cục Bảo trợ xã hội",
        "UBND các xã: Tam Đa, Nhật Quang",
    ],
)
def test_print_has_no_strangers(name: str) -> None:
    assert stranger(name) is None


@pytest.mark.parametrize("name", ["BQL dự án các CTXD.huyện", "Sở-Y tế", "Như Điều 5; z Báo An Giang", "Hội Liên hiệp"])
def test_misread_names_hold_one(name: str) -> None:
    assert stranger(name) is not None
