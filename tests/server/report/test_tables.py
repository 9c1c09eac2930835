from trimtab_server.report.tables import columns


def test_columns_are_as_wide_as_their_widest_cell_and_numbers_end_at_the_same_place() -> None:
    rows = [("yes", "7%", "x"), ("perhaps", "12%", "")]

    assert list(columns(("answer", "share", ""), rows, right=(1,))) == [
        "answer   share",
        "yes         7%  x",
        "perhaps    12%",
    ]
