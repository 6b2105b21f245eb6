"""Who gives money and what it comes from: the words of a source's name, over folded text."""

from __future__ import annotations

import re

from extract.words.phrases import word_pattern

# Ngân sách tỉnh · Nhân dân đóng góp: somebody gives, where `Vốn sự nghiệp` only says for what
PAYER = re.compile(rf"(?<!\w){word_pattern('payers')}(?!\w)")
# in sentences: payers and pots, as in `vốn trái phiếu Chính phủ 6,2 tỷ đồng`; not `huy động nguồn lực`
SOURCE = re.compile(rf"(?<!\w)(?:{word_pattern('payers')}|{word_pattern('pots')})(?!\w)(?! luc)")
# in tables, fewer: `1 Ngân sách trung ương 14.574`; rows also begin with hội, quỹ and tổ chức that give nothing
SOURCE_IN_TABLE = re.compile(
    r"\b(?:ngan sach|von|nguon|tin dung|doanh nghiep|dong gop|nhan dan|cong dong|xa hoi hoa|long ghep)\b"
)
