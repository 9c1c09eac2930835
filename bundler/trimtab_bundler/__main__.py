"""`python -m trimtab_bundler` is `trimtab`, also where no script was installed."""

import sys

from trimtab_bundler.cli import main

sys.exit(main())
