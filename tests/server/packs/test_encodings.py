import pytest

from trimtab_server.packs.encodings import choose_encoding


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.1, gzip;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("", ""),
        ("br;q=much", ""),
        (";;==,,", ""),
    ],
)
def test_the_smallest_twin_that_the_client_accepts_is_chosen(accepted: str, chosen: str) -> None:
    assert choose_encoding(accepted, ("br", "gzip")) == chosen


def test_without_twins_the_file_itself_is_chosen() -> None:
    assert choose_encoding("br, gzip", ()) == ""
