"""The words that tasks are told in: how bodies, what they do, and what is asked of them begin; folded."""

import re

from extract.words.phrases import word_pattern

# the first words of bodies that can be asked for something, and what they do; folded
BODY = word_pattern("bodies")
# Bố trí kinh phí · Phòng, chống dịch · Báo cáo kết quả · Đối với: no Bộ, no Phòng, no Báo, no Đội
NO_BODY = (
    r"(?!(?:bo\s+(?:tri|sung|nhiem)|ban\s+hanh|phong\s*,?\s+(?:chong|trao|ngua)|bao\s+(?:cao|dam|ve|quan)|"
    r"hoi\s+(?:nghi|thao|y|thi)|truong\s+hop|so\s+(?:sanh|lieu|ket)|doi\s+(?:voi|moi|chieu|ngu|tuong|thoai|ung)|khoa\s+hoc|xa\s+hoi|"
    r"phuong\s+(?:an|phap|thuc|tien|huong|cham))\b)"
)
BODY_FIRST = re.compile(rf"[\s\"“]*{NO_BODY}(?:dong chi\s+)?{BODY}(?!\w)")
# whoever else a sentence on a task can begin with: `Người dự tuyển nộp`, `Thư ký các bộ phận kiểm đếm`
DOER = rf"(?:{word_pattern('doers')}|{BODY})"
DOER_FIRST = re.compile(rf"[\s\"“]*{NO_BODY}(?:dong chi\s+)?{DOER}(?!\w)")
# Đối với UBND các xã · Giao Sở Nội vụ · Đề nghị UBND huyện · Yêu cầu các sở
ADDRESSING = re.compile(
    # Giáo viên, Giáo dục are no `giao`
    r"[\s\"“]*(?:doi voi|giao(?!\s+(?:vien|duc|su|an|xu)\b)(?: cho| trach nhiem cho| nhiem vu cho)?|"
    r"(?:de nghi|yeu cau)(?: doi voi)?|kinh de nghi|phan cong)\s*:?\s+"
)
# Đoàn kiểm tra báo cáo, Hội đồng thẩm định họp: what a body is called after is not what it does here
_NAMED_FOR = (  # Phòng Kế hoạch tổng hợp: hoàn thiện hồ sơ bệnh án
    r"(?:(?<=doan )|(?<=\bto )|(?<=hoi dong ))"
    r"(?:kiem tra|tham dinh|tham tra|giam sat|nghiem thu|thanh tra|khao sat|phuc tra|cong tac|quan ly)|"
    r"(?<=ke hoach )tong hop(?=\s*:)"
)
# what a body does: where its name ends. `tổ chức thành viên`, `xây dựng nông thôn mới`, `Ban chỉ đạo` and
# `chương trình` are parts of names
VERB = re.compile(
    rf"(?<!\w)(?!{_NAMED_FOR})(?:{word_pattern('verbs')}|to chuc(?!\s+(?:thanh vien|chinh tri|hoi|doan))|"
    r"xay dung(?!\s+nong thon)|"
    r"(?<!ban )chi dao|(?<!thanh )pho bien|(?<!thuong )truc (?:ban|24)|(?<!ban )quan ly|(?<!chuong )trinh)(?!\w)"
)
