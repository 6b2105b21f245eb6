"""The words that tasks are told in: how bodies, what they do, and what is asked of them begin; folded."""

import re

from extract.words.phrases import word_pattern

# the first words of bodies that can be asked for something, and what they do; folded
BODY = word_pattern("bodies")
# Bố trí kinh phí · Phòng, chống dịch · Báo cáo kết quả: no Bộ, no Phòng, no Báo
NO_BODY = (
    r"(?!(?:bo\s+(?:tri|sung|nhiem)|ban\s+hanh|phong\s*,?\s+(?:chong|trao|ngua)|bao\s+(?:cao|dam|ve|quan)|"
    r"hoi\s+(?:nghi|thao|y)|truong\s+hop|so\s+(?:sanh|lieu|ket))\b)"
)
BODY_FIRST = re.compile(rf"[\s\"“]*{NO_BODY}(?:dong chi\s+)?{BODY}(?!\w)")
# Đối với UBND các xã · Giao Sở Nội vụ · Đề nghị UBND huyện · Yêu cầu các sở
ADDRESSING = re.compile(
    # Giáo viên, Giáo dục are no `giao`
    r"[\s\"“]*(?:doi voi|giao(?!\s+(?:vien|duc|su|an|xu)\b)(?: cho| trach nhiem cho| nhiem vu cho)?|"
    r"de nghi|yeu cau|kinh de nghi|phan cong)\s*:?\s+"
)
# what a body does: where its name ends. `tổ chức thành viên`, `xây dựng nông thôn mới`, `Ban chỉ đạo` and
# `chương trình` are parts of names
VERB = re.compile(
    rf"(?<!\w)(?:{word_pattern('verbs')}|to chuc(?!\s+(?:thanh vien|chinh tri|hoi|doan))|xay dung(?!\s+nong thon)|"
    r"(?<!ban )chi dao|(?<!ban )quan ly|(?<!chuong )trinh)(?!\w)"
)
