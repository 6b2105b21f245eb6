"""Classes of Vietnamese letters for patterns.

From U+1EA0 to U+1EF9 capitals and small letters alternate, so a range such as à-ỹ takes both: capitals are named one
by one here, and small letters are what is left.
"""

from __future__ import annotations

UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"  # capitals, for inside of a class
SMALL = rf"[^\W\d_{UPPER}]"  # one letter that is no capital
