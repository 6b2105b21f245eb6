"""What becomes an item, under which name, and where its documents would go."""

from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipeline.batch.errors import BadArchive
from pipeline.batch.intake.item import Item, safe, targets
from pipeline.batch.intake.walk import items, listed


def below(inputs, **options):
    return [item.below for item in items([str(each) for each in inputs], **options) if item.refusal is None]


def refusals(inputs):
    found = [item for item in items([str(each) for each in inputs]) if item.refusal]
    return {Path(item.told).name: item.refusal.category for item in found}


@pytest.fixture
def folder(tmp_path):
    for name in ("b.pdf", "a.pdf", "x/c.txt", "x/.hidden.pdf", "x/letter.doc", "out/d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.4" if name.endswith("pdf") else b"text")
    return tmp_path


def test_a_folder_gives_its_documents_in_a_fixed_order(folder):
    assert below([folder], leave_out=folder / "out") == ["a.pdf", "b.pdf", "x/c.txt"]


def test_what_is_no_document_is_left_alone_and_told(folder):
    others: list[str] = []
    below([folder], others=others)
    assert [Path(each).name for each in others] == ["letter.doc"]


def test_a_document_is_known_by_its_first_bytes_too(folder):
    (folder / "scan0001").write_bytes(b"%PDF-1.7")
    assert "scan0001" in below([folder])


def test_a_pattern_is_expanded_unless_a_file_has_its_name(folder):
    assert below([f"{folder}/*.pdf"]) == ["a.pdf", "b.pdf"]
    (folder / "[1].pdf").write_bytes(b"%PDF")
    assert below([f"{folder}/[1].pdf"]) == ["[1].pdf"]


def test_fifos_and_links_that_lead_out_are_never_opened(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.pdf"
    outside.write_bytes(b"%PDF")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "out.pdf").symlink_to(outside)
    (folder / "circle.pdf").symlink_to("circle.pdf")
    (folder / "up").symlink_to(folder.parent)
    (folder / "same.pdf").symlink_to("a.pdf")
    told = refusals([folder])
    assert told == {"pipe.pdf": "not-a-file", "out.pdf": "not-a-file", "circle.pdf": "not-a-file", "up": "not-a-file"}
    assert "same.pdf" in below([folder])


def test_a_missing_file_is_told(tmp_path):
    assert refusals([tmp_path / "no.pdf"]) == {"no.pdf": "unreadable"}


def test_members_of_archives_are_items(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-a")
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.write(tmp_path / "a.pdf", "y/a.pdf")
        archive.writestr("notes.doc", "no")
    with tarfile.open(tmp_path / "old.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "a.pdf", "z/a.pdf")
    found = {item.below: item for item in items([str(tmp_path)])}
    assert sorted(found) == ["a.pdf", "old.tar/z/a.pdf", "old/y/a.pdf"]
    for name in ("old/y/a.pdf", "old.tar/z/a.pdf"):
        with found[name].open() as path:
            assert path.read_bytes() == b"%PDF-a"
            assert path.name == "a.pdf"
        assert not path.exists()
    assert found["old/y/a.pdf"].name.endswith(b"old.zip!/y/a.pdf")


def test_names_in_archives_lead_nowhere(tmp_path):
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as archive:
        archive.writestr("../../../etc/a.txt", "slip")
        archive.writestr("/etc/b.txt", "slip")
    found = [target for item in items([str(tmp_path)]) for target in targets(item, "0" * 64)]
    assert all(not Path(target).is_absolute() and ".." not in Path(target).parts for target in found)
    for item in items([str(tmp_path)]):
        with item.open() as path:
            assert path.read_text() == "slip"


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.txz"])
def test_a_damaged_archive_is_told(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 rubbish" * 50)
    assert refusals([tmp_path]) == {name: "bad-archive"}


def test_a_member_larger_than_its_header_says_is_cut_off(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "x" * 100_000)
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)
    (item,) = items([str(tmp_path)])
    with pytest.raises(BadArchive), item.open():
        pass


def test_where_names_clash_the_digest_parts_them(tmp_path):
    for name in ("tb.pdf", "TB.png", "other.pdf"):
        (tmp_path / name).write_bytes(b"%PDF")
    first = {item.below: targets(item, "ab" * 32)[0] for item in items([str(tmp_path)])}
    assert first == {"tb.pdf": "tb~abababab", "TB.png": "TB~abababab", "other.pdf": "other"}


def test_names_that_are_no_utf8(tmp_path):
    raw = os.fsencode(tmp_path) + b"/th\xf4ng.pdf"
    Path(os.fsdecode(raw)).write_bytes(b"%PDF")
    (item,) = items([str(tmp_path)])
    assert item.name == raw
    assert targets(item, "ab" * 32)[0] == "th%F4ng~abababab"


@pytest.mark.parametrize("part", ["", ".", "..", "a/b", "a\0b", "\n", "." * 300, "ồ" * 300, "con:", "~", ".thongbao"])
def test_a_safe_part_is_one_part(part):
    made = safe(part)
    assert made
    assert not made.startswith(".")
    assert len(made.encode()) <= 200
    assert "/" not in made
    assert made.isprintable()


def test_lists(tmp_path):
    assert listed(b"a\nb.pdf\0c.pdf\0") == ["a\nb.pdf", "c.pdf"]
    assert listed(b"\n\n") == []


def test_an_item_that_was_written_just_now_is_hashed_again(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    assert "?" in next(items([str(path)])).stamp, "it may be written again within the same tick of the clock"


def test_the_place_does_not_depend_on_what_else_was_read():
    item = Item(b"/in/tb.pdf", "", "tb.pdf", siblings=frozenset({"tb", "tb-2"}))
    assert targets(item, "cd" * 32)[0] == "tb"
