"""Telling lines apart: the title, a numbered heading, the first words of a body."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from normalize.fold import fold
from normalize.lexicon.types import DocumentType, document_types

# I. ĐÁNH GIÁ CHUNG · 1. Kết quả · A. PHẦN CHUNG · Điều 1. Công nhận · Phần thứ nhất · Phần 1. Cách làm · MỘT LÀ, VỀ VỐN
_HEADING = re.compile(
    r"\s*(?![IVX]{1,5}\)\s+[a-zđ])(?:"  # (khoá / X) và Thông báo số: the end of a bracket
    r"(?:[IVX]{1,5}|[IVXH|]{2,5}|[A-D]|[1-9]\d?)\s*[.)]\s*[^\W\d_]|[1-9]\d?[/-]\s+[^\W\d_a-z]|L\.\s+[^\W\d_a-z]|"
    r"[IVX]{1,5}\s*[-–]\s+[^\W\d_a-z]{2}|[IVX]{1,5}/\s*[^\W\d_a-z]|(?:Điều|ĐIỀU)\s+\d|PHẦN\s|"
    r"Phần\s+(?:thứ|[IVX]|\d|(?:một|hai|ba)\b)|MỘT\s+LÀ\b|"
    r"[IVXHLT1l|i]{1,5}\s*[.,:]\s*(?=[^\W\d_a-z]+[ ,][^\W\d_a-z]{2,}))"  # HI. NHIỆM VỤ: misread III; L. Đánh giá
)

# Căn cứ Luật … · Thực hiện Kế hoạch … · Ngày 28/11/2023, Sở … · Xét đề nghị … · Trên cơ sở …
_OPENS = re.compile(
    r"[\s\"'`-]*(?:can cu|thuc hien|thi hanh|theo|xet|tren co so|ngay \d{1,2}|sau khi|tiep theo|phuc dap)\b"
)
# Triển khai Quyết định số 47/QĐ-BCĐ … · Từ ngày 23/9/2014 …: a title may go on with these words in small letters
_OPENS_CAPITAL = re.compile(
    r"[\s\"'`-]*(?:trien khai (?:quyet dinh|ke hoach|nghi quyet|cong van|van ban|chi thi|thong bao) so\b|"
    r"(?:tu|trong) (?:cac )?ngay \d{1,2}\b|(?:sang|chieu) ngay \d{1,2}\b|chap hanh )"
)
# UBND huyện báo cáo … · Năm 2023, … : a title may go on with these words, a new paragraph begins with them
_OPENS_BLOCK = re.compile(
    r"[\s\"'`-]*(?:de|nham|nam 20\d\d|trong thoi gian|qua|vua qua|chu tich|uy ban nhan dan|ubnd|so(?!\s*\d)|van phong|"
    r"hom nay|thoi gian qua|tai|phong|ban|hoi)\b(?!\s*[:/])"
)

# Thực hiện Chương trình mục tiêu quốc gia …: a title may begin so, but cites no document
_ACTION = re.compile(r"[\s\"'`-]*(?:thuc hien|thi hanh|tiep theo|theo)\b(?!.*(?:\bso\s*[:.]?\s*\d|\d\s*/|,\s*$))")


def titles_action(line: str) -> bool:
    """May this line below a title begin the trích yếu though a body begins with its words too?

    >>> titles_action("Thực hiện Chương trình mục tiêu quốc gia"), titles_action("Thực hiện Kế hoạch số 12/KH-UBND")
    (True, False)
    """
    return _ACTION.match(fold(line)) is not None


def is_heading(line: str) -> bool:
    """Is this line a numbered heading?

    >>> is_heading("II. KẾT QUẢ THỰC HIỆN"), is_heading("1. Kết quả"), is_heading("2023. Các xã")
    (True, True, False)
    """
    return _HEADING.match(line) is not None


def opens_body(line: str, new_block: bool = False) -> bool:
    """Does this line begin as the first sentence of a body does? In a `new_block`, more words tell it.

    >>> opens_body("Căn cứ Luật Tổ chức chính quyền địa phương"), opens_body("ỦY BAN NHÂN DÂN TỈNH")
    (True, False)
    >>> opens_body("Ngày 13/11/2020, tại phòng họp UBND huyện"), opens_body("Từ ngày 23/9/2014 đến ngày 25/9/2014")
    (True, True)
    >>> opens_body("Ủy ban nhân dân tỉnh nhiệm kỳ 2021 - 2026"), opens_body("UBND huyện báo cáo", new_block=True)
    (False, True)
    >>> opens_body("Số 15 -CT/HU Đông Hưng, ngày 08 tháng 10 năm 2014", new_block=True)
    False
    """
    if line.isupper():
        return False
    folded = fold(line)
    if _OPENS.match(folded) or (line.lstrip(" \"'`-")[:1].isupper() and _OPENS_CAPITAL.match(folded)):
        return True
    return new_block and _OPENS_BLOCK.match(folded) is not None


# BÁO CÁO NHANH · BÁO CÁO TÓM TẮT · BIÊN BẢN LÀM VIỆC: in what manner or of what, no other type
_MANNER = re.compile(
    r"(?<=\w) (?:nhanh|tom tat|bo sung|dot xuat|chinh thuc|dinh ky)$|"
    r"(?<=^bien ban) (?:hop|lam viec|hoi nghi|cuoc hop|kiem tra|tham dinh|tham tra|xac minh|ban giao|giam sat)$"
)


def type_of_title(line: str) -> DocumentType | None:
    """The document type that a title line names, if the line is nothing else and in capitals.

    >>> type_of_title("QUYÉT ĐỊNH").slug
    'quyet_dinh'
    >>> type_of_title("Thông báo kết quả") is None
    True
    >>> type_of_title("BÁO CÁO NHANH").slug, type_of_title("Chỉ THỊ").slug
    ('bao_cao', 'chi_thi')
    """
    letters = [c for c in line if c.isalpha()]
    if not 4 <= len(letters) <= 30 or sum(c.isupper() for c in letters) < 0.6 * len(letters):
        return None
    titles = {fold(kind.name): kind for kind in document_types() if kind.slug != "cong_van"}
    key = " ".join(re.sub(r"[^a-z ]", " ", fold(line)).split())
    key = _MANNER.sub("", key)
    best = process.extractOne(key, list(titles), scorer=fuzz.ratio, score_cutoff=82)
    return titles[best[0]] if best else None
