"""`python -m tests.reading [TABLE…]`: writes the published tables anew; all of them takes some minutes."""

import sys

from tests.reading.table import TABLES, write

for name in sys.argv[1:] or TABLES:
    write(name)
