"""By what right a signer signs: `TM.`, `KT.`, `TL.`, `TUQ.`, `Q.`, and the words that they stand for."""

from __future__ import annotations

import re

from normalize.fold import fold

_WORDS = {"thay mat": "TM", "ky thay": "KT", "thua lenh": "TL", "thua uy quyen": "TUQ"}
# THỪA LỆNH CỤC TRƯỞNG · KÝ THAY CHỦ TỊCH: in capitals, as a title stands behind them
IN_WORDS = r"(?:THAY\s+MẶT|KÝ\s+THAY|THỪA\s+LỆNH|THỪA\s+(?:ỦY|UỶ)\s+QUYỀN)(?=\s)"

# KT CHỦ TỊCH, without its stop: before the first word of a title alone
STOPLESS = r"(?:KT|TL|TUQ)(?=\s+(?:CHỦ|GIÁM|CHÁNH|TRƯỞNG|CỤC|HIỆU|VIỆN|TỔNG|BÍ|BỘ)\s)"


def mark_of(read: str) -> str:
    """The mark that was read, also misread or in words.

    >>> mark_of("T/M"), mark_of("TUO"), mark_of("TMI"), mark_of("THỪA LỆNH")
    ('TM', 'TUQ', 'TM', 'TL')
    """
    letters = re.sub(r"[^A-Z]", "", read).removesuffix("I")
    return _WORDS.get(" ".join(fold(read).split()), "TUQ" if letters.startswith("TU") else letters)
