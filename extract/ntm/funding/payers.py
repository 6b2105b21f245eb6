"""Who gives money and what it comes from: the words of a source's name, over folded text."""

from __future__ import annotations

import re

from extract.words.phrases import word_pattern
from normalize.fold import fold

# Ngân sách tỉnh · Nhân dân đóng góp: somebody gives, where `Vốn sự nghiệp` only says for what
_OFFICE = r"(?<!uy ban )(?<!hoi dong )(?<!cong an )(?<!toa an )"  # Ủy ban nhân dân is no payer for its last words
PAYER = re.compile(rf"(?<!\w){_OFFICE}{word_pattern('payers')}(?!\w)")
# in sentences: payers and pots, as in `vốn trái phiếu Chính phủ 6,2 tỷ đồng`; not `huy động nguồn lực`
SOURCE = re.compile(rf"(?<!\w){_OFFICE}(?:{word_pattern('payers')}|{word_pattern('pots')})(?!\w)(?! luc)")
# in tables, fewer: `1 Ngân sách trung ương 14.574`; rows also begin with hội, quỹ and tổ chức that give nothing
SOURCE_IN_TABLE = re.compile(
    r"\b(?:ngan sach|ns(?:tw|t|h|x|nn|dp|(?= (?:tw|trung uong|dia phuong|tinh|huyen|xa)\b))|"
    r"von|nguon|tin dung|doanh nghiep|dong gop|nhan dan|cong dong|xa hoi hoa|xhh|long ghep|"
    r"dan (?:dong )?gop|nguoi dan|xo so|manh thuong quan|nha hao tam|trai phieu)\b"
)
_KIND = re.compile(r"(?:von\s+)?(?:dau\s+tu|su\s+nghiep)\b")


def payer_and_kind(label: str) -> tuple[str, str | None]:
    """The payer and the kind of its money in one label.

    >>> payer_and_kind("Trung ương – đầu tư phát triển"), payer_and_kind("Doanh nghiệp - cộng đồng")
    (('Trung ương', 'đầu tư phát triển'), ('Doanh nghiệp - cộng đồng', None))
    """
    payer, dash, kind = re.sub(r"\s[-–—]\s", " – ", label).partition(" – ")
    return (payer, kind) if dash and _KIND.match(fold(kind)) else (label, None)
