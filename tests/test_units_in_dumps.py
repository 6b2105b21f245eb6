"""Names that fold alike in one district: marks as read decide, marks that the decoder put there do not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from extract.ntm.units.communes import find_communes
from extract.ntm.units.where import find_where
from tests.notices import reading_of

TEXT = "Trên địa bàn huyện Hoằng Hóa, tỉnh Thanh Hóa, xã Hoằng Phú đạt chuẩn."


@pytest.mark.parametrize(("mangled", "code"), [(False, True), (True, False)])
def test_restored_marks_are_no_proof(mangled, code):
    reading = replace(reading_of(TEXT), mangled=mangled)
    where = find_where(reading, ["tỉnh Thanh Hóa"], dt.date(2023, 5, 1))
    (mention,) = find_communes(reading, where, 0, len(TEXT))
    assert (mention.unit.value.code is not None) is code
    if not code:
        assert mention.unit.review and len(mention.unit.alternatives) >= 2
