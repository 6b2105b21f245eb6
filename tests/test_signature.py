"""Signature block: authority, titles, name, recipients and filing, as dumps give them."""

from __future__ import annotations

import pytest

from extract.rules.recipients import find_recipients
from extract.rules.signer import find_signer
from tests.notices import HEAD, zones_of


def signed(block: str):
    return zones_of(f"{HEAD}\nTHÔNG BÁO\nVề kết quả\n\nCăn cứ quy định.\n\n{block}")


@pytest.mark.parametrize(
    ("block", "name", "title", "authority", "for_title"),
    [
        ("Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh;\n- Lưu: VT.\nNguyễn Văn An", "Nguyễn Văn An", "Giám đốc", None, None),
        ("Nơi nhận: KT. GIÁM ĐỐC\n- UBND tỉnh; PHÓ GIÁM ĐỐC\n- Lưu: VT.\nTrần Thị Bích", "Trần Thị Bích", "Phó Giám đốc", "KT", "Giám đốc"),
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\nLê Quang Huy", "Lê Quang Huy", "Phó Chủ tịch", "KT", "Chủ tịch"),
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; CHỦ TỊCH\n- Lưu: VT.\nLê Quang Huy", "Lê Quang Huy", "Chủ tịch", "TM", None),
        ("Nơi nhận: TL. CHỦ TỊCH\n- Như trên; CHÁNH VĂN PHÒNG\n- Lưu: VT.\nPhạm Minh Tú", "Phạm Minh Tú", "Chánh Văn phòng", "TL", "Chủ tịch"),
        ("Nơi nhận: TL. CHỦ TỊCH\n- Như trên; KT. CHÁNH VĂN PHÒNG\n- Lưu: VT. PHÓ CHÁNH VĂN PHÒNG\nPhạm Minh Tú", "Phạm Minh Tú", "Phó Chánh Văn phòng", "KT", "Chánh Văn phòng"),
    ],
)  # fmt: skip
def test_who_signed(block, name, title, authority, for_title):
    signer = find_signer(signed(block))
    assert signer.name.value == name
    assert signer.title.value == title
    assert (signer.authority.value.value if signer.authority else None) == authority
    assert (signer.for_title.value if signer.for_title else None) == for_title


def test_a_deputys_lost_title_is_inferred_and_marked():
    signer = find_signer(signed("Nơi nhận: KT. CHỦ TỊCH\n- Như trên;\n- Lưu: VT.\nLê Quang Huy"))
    assert signer.title.value == "Phó Chủ tịch"
    assert signer.title.review and "KT." in signer.title.why


def test_a_name_behind_rubbish_is_doubted():
    signer = find_signer(signed("Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh;\n- Lưu: VT.\nXỒ~ x42 Trần Phước Hòa"))
    assert signer.name.value == "Trần Phước Hòa" and signer.name.review


def test_recipients_purposes_and_filing():
    block = (
        "Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh (để b/c);\n- Các Sở: Nội vụ; Giao thông vận tải,\nXây dựng;\n"
        "- VPUB: CVP, PCVP(KTTH);\n- Website Sở (đăng tải);\n- Lưu: VT, P.KTTHTien502.\nNguyễn Văn An"
    )
    recipients, filing = find_recipients(signed(block))
    assert [(r.value.name, r.value.purpose) for r in recipients] == [
        ("UBND tỉnh", "để b/c"),
        ("Các Sở: Nội vụ; Giao thông vận tải, Xây dựng", None),
        ("VPUB: CVP, PCVP(KTTH)", None),
        ("Website Sở", "đăng tải"),
    ]
    assert [unit.value for unit in filing] == ["VT", "P.KTTH"]


def test_a_lost_dash_does_not_join_two_recipients():
    recipients, filing = find_recipients(
        signed("Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh (b/c);\nGiám đốc Sở;\nLưu: VT, NV (02b).\nNguyễn Văn An")
    )
    assert [r.value.name for r in recipients] == ["UBND tỉnh", "Giám đốc Sở"]
    assert [unit.value for unit in filing] == ["VT", "NV"]
