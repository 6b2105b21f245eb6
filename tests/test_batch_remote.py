"""Inputs and documents on a file system that fsspec names; here one that lies in memory."""

from __future__ import annotations

import fsspec
import pytest

from pipeline.batch import mend, survey
from pipeline.batch.intake.remote import NoFsspec
from pipeline.batch.intake.walk import items
from pipeline.batch.output import OutputFailed
from pipeline.batch.start import Order, carry_out
from tests.test_batch_conduct import Script


@pytest.fixture
def cloud():
    """Two files and something else."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    for name in ("scans/a.pdf", "scans/x/b.pdf", "scans/list.csv"):
        memory.pipe_file(f"/{name}", b"%PDF " + name.encode())
    return memory


def run(out, script, url="memory://scans", documents="memory://notices"):
    order = Order(out, quiet=True, documents=documents)
    return carry_out(order, lambda others: items([url], others=others), script.hire)


def test_documents_go_where_the_url_says(cloud, tmp_path):
    report = run(tmp_path, Script())
    assert (report.summary["read"], report.summary["left_alone"]) == (2, 1)
    assert sorted(cloud.find("/notices")) == ["/notices/a.json", "/notices/x/b.json"]
    assert cloud.cat_file("/notices/x/b.json") == b"1|2"
    assert list(tmp_path.glob("*.json")) == []
    assert [path for path in (tmp_path / ".thongbao" / "tmp").rglob("*") if path.is_file()] == []


def test_what_is_there_is_not_read_again(cloud, tmp_path):
    run(tmp_path, Script())
    again = Script()
    assert run(tmp_path, again).summary["unchanged"] == 2
    cloud.pipe_file("/scans/a.pdf", b"%PDF changed, and longer")
    run(tmp_path, again)
    assert {name for kind, name in again.asked if kind == "look"} == {"a.pdf"}


def test_verify_retry_and_forget_reach_there(cloud, tmp_path):
    run(tmp_path, Script())
    cloud.pipe_file("/notices/a.json", b"edited")
    found = mend.verify(tmp_path)
    assert (found.whole, found.changed) == (1, ("a.json",))
    mend.make_again(tmp_path, found.sources)
    carry_out(Order(tmp_path, quiet=True), lambda _: mend.items_of(mend.waiting(tmp_path)), Script().hire)
    assert mend.verify(tmp_path).whole == 2
    assert mend.forget(tmp_path, ("memory:///scans/x",)) == ["x/b.json"]
    assert cloud.find("/notices") == ["/notices/a.json"]
    assert survey.status(survey.look(tmp_path)).contents == 1


def test_a_folder_keeps_its_documents_in_one_place(cloud, tmp_path):
    run(tmp_path, Script())
    with pytest.raises(OutputFailed, match="its documents lie in memory://notices"):
        run(tmp_path, Script(), documents="memory://elsewhere")


def test_a_missing_place_is_told(cloud, tmp_path):
    assert run(tmp_path, Script(), url="memory://nothing").summary["categories"] == {"unreadable": 1}
    with pytest.raises(NoFsspec, match="cannot be reached"):
        run(tmp_path, Script(), url="nosuch://x")
