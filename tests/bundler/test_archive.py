import io
import zipfile

from trimtab_bundler.archive import EPOCH, EPOCH_S, read_zip, write_zip


def test_the_same_files_make_the_same_archive() -> None:
    files = {"b.py": b"two", "a/c.py": b"one"}
    assert write_zip(files) == write_zip(dict(files))


def test_an_archive_holds_its_files_in_order_uncompressed_and_dated_1980() -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip({"b.py": b"two", "a.py": b""}))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["b.py", "a.py"]
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {entry.date_time for entry in entries} == {EPOCH}


def test_the_date_is_the_same_in_seconds() -> None:
    assert EPOCH_S == 10 * 365 * 86400 + 2 * 86400  # 1972 and 1976 had a day more


def test_an_archive_is_read_back_without_its_folders() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/", b"")
        archive.writestr("a/b.py", b"one")
    assert read_zip(buffer.getvalue()) == {"a/b.py": b"one"}
