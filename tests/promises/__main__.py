"""`python -m tests.promises [TABLE…]`: writes the tables of server/PROMISES.md anew; all of them takes some minutes."""

import sys

from tests.promises.tables import TABLES, write

for name in sys.argv[1:] or TABLES:
    write(name)
