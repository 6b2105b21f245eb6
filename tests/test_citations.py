"""Citations: the cases of tests/cases/citations.toml, and what surrounds them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extract.citations import find_citations
from extract.citations.initials import initials, one_off
from extract.draft import CitationDraft
from tests.notices import with_body

CASES = tomllib.loads((Path(__file__).parent / "cases" / "citations.toml").read_text("utf-8"))["case"]


def row(draft: CitationDraft) -> str:
    name = draft.code.value if draft.code else draft.subject.value
    date = draft.date.value.isoformat() if draft.date else "-"
    return " | ".join([draft.type.value, name, date, draft.issuer.value if draft.issuer else "-", draft.role.value])


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_cases(case):
    assert [row(draft) for draft in find_citations(with_body(case["text"]))] == case["expect"]


def test_every_citation_says_where_it_stands():
    (draft,) = find_citations(with_body("Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2023 của UBND tỉnh;"))
    assert draft.code.places[0].raw == "12/QĐ-UBND"
    assert draft.date.places[0].raw.startswith("05/01/2023")
    assert draft.issuer.places[0].raw.startswith("UBND tỉnh")


def test_a_type_that_the_symbol_garbles_is_told_by_its_word():
    (draft,) = find_citations(with_body("Theo Tờ trình số 215/TTIr-UBND ngày 21/11/2022 của UBND huyện Phú Bình;"))
    assert draft.code.value == "215/TTr-UBND"
    assert draft.code.confidence < 0.95


def test_initials_mend_one_letter_and_ask_for_review():
    (draft,) = find_citations(
        with_body("Theo chỉ đạo của Ban chỉ đạo tỉnh tại Văn bản số 139/BCH-NTM ngày 28/11/2023 về việc rà soát.")
    )
    assert draft.code.value == "139/BCĐ-NTM"
    assert draft.code.review and draft.code.alternatives == ("139/BCH-NTM",)
    assert draft.date.confidence <= draft.code.confidence, "of which document the date is told is in doubt too"


def test_initials_leave_what_differs_more():
    assert initials("Sở Nội vụ", 3) == "SNV"
    assert not one_off("SNV", "STC")


def test_who_signs_as_ttg_is_the_prime_minister():
    text = "Căn cứ Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính An về Bộ tiêu chí;"
    (draft,) = find_citations(with_body(text))
    assert draft.issuer.value == "Thủ tướng Chính phủ"
    assert draft.issuer.review
    assert draft.issuer.alternatives


def test_a_type_is_told_by_its_own_word():
    text = "Theo Bản tin số 11/BT-VNC ngày 05/11/2018 của Viện và Nghị định số 08.a/2010/NĐ-CP ngày 25/3/2010."
    assert [(d.type.value, d.code.value) for d in find_citations(with_body(text))] == [
        ("ban_tin", "11/BT-VNC"), ("nghi_dinh", "08.a/2010/NĐ-CP"),
    ]  # fmt: skip
