"""Signature block: authority, titles, name, recipients and filing, as dumps give them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extract.rules.recipients import find_recipients
from extract.rules.signer import find_signer
from tests.notices import HEAD, zones_of


def signed(block: str):
    return zones_of(f"{HEAD}\nTHÔNG BÁO\nVề kết quả\n\nCăn cứ quy định.\n\n{block}")


CASES = tomllib.loads((Path(__file__).parent / "cases" / "signatures.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[" / ".join(case["signer"].values()) for case in CASES])
def test_who_signed(case):
    signer = find_signer(signed("\n".join(case["block"])))
    fields = {key: getattr(signer, key) for key in ("name", "title", "authority", "for_title")}
    assert {key: str(field.value) for key, field in fields.items() if field is not None} == case["signer"]


@pytest.mark.parametrize(("mark", "below"), [("KT.", ""), ("TUQ.", " CHỦ TỊCH")])
def test_a_deputys_lost_title_is_inferred_and_marked(mark, below):
    signer = find_signer(signed(f"Nơi nhận: {mark} CHỦ TỊCH\n- Như trên;{below}\n- Lưu: VT.\nLê Quang Huy"))
    assert signer.title.value == "Phó Chủ tịch"
    assert signer.title.review and mark in signer.title.why


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


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("- Lưu Hội.", ["Hội"]),
        ("- Lưu hồ sơ vụ án.", ["hồ sơ vụ án"]),
        ("- Lưu: VT, hồ sơ thi đua.", ["VT", "hồ sơ thi đua"]),
        ("- Lưu: VT, KHTH, L.10.", ["VT", "KHTH"]),
    ],
)
def test_what_keeps_a_copy(line, units):
    recipients, filing = find_recipients(signed(f"Nơi gửi: GIÁM ĐỐC\n- Hội ND huyện (phê\nduyệt);\n{line}\nLê Thị An"))
    assert [(field.value.name, field.value.purpose) for field in recipients] == [("Hội ND huyện", "phê duyệt")]
    assert [unit.value for unit in filing] == units


def test_a_lost_dash_does_not_join_two_recipients():
    block = "Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh (b/c);\nGiám đốc Sở;\nLưu: VT, NV (02b).\nNguyễn Văn An"
    recipients, filing = find_recipients(signed(block))
    assert [r.value.name for r in recipients] == ["UBND tỉnh", "Giám đốc Sở"]
    assert [unit.value for unit in filing] == ["VT", "NV"]


def test_of_signers_side_by_side_the_last_signs_for_the_issuer():
    block = [
        "NGƯỜI ĐƯỢC ỦY QUYỀN              GIÁM ĐỐC",
        "TRƯỞNG PHÒNG",
        "",
        "Hoàng Lệ Quyên                   Vi Đình Tuyển",
        "",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
    ]
    zones = signed("\n".join(block))
    signer = find_signer(zones)
    assert (signer.name.value, signer.title.value) == ("Vi Đình Tuyển", "Giám đốc")
    assert [field.value.name for field in find_recipients(zones)[0]] == ["Như trên"]


def test_numbered_recipients_are_entries_of_their_own():
    block = "Nơi nhận: GIÁM ĐỐC\n1. UBND tỉnh (báo cáo);\n2. Sở Y tế;\n3. Lưu: VT.\nLê Thị An"
    recipients, filing = find_recipients(signed(block))
    assert [field.value.name for field in recipients] == ["UBND tỉnh", "Sở Y tế"]
    assert [field.value for field in filing] == ["VT"]


def test_rubbish_before_a_dash_begins_an_entry():
    entries = "- UBND huyện Tân Biên (để thực hiện):\n.~ Đài TT-TH huyện;\n„~ Lưu: VT, VPĐP."
    block = f"Nơi nhận: GIÁM ĐỐC\n{entries}\nNguyễn Văn An"
    recipients, filing = find_recipients(signed(block))
    assert [r.value.name for r in recipients] == ["UBND huyện Tân Biên", "Đài TT-TH huyện"]
    assert [unit.value for unit in filing] == ["VT", "VPĐP"]


def test_what_signs_for_a_head_is_no_head():
    signer = find_signer(signed("Nơi nhận: KT. TRƯỞNG BAN\n- Như trên;\n- Lưu: VT.    TRƯỞNG BAN TT.\nLê Quang Huy"))
    assert signer.title.review and "deputy" in signer.title.why
