"""`make profile`: records which functions of this Pyodide are needed, for `runtime = "profiled"`."""

import sys

from tests.profiling.recording import record
from tests.profiling.rotating import rotate
from trimtab_bundler.runtime.entered import write_entered

wasm, recorded = record()
path = write_entered(wasm, frozenset().union(*recorded.values()))
sys.stdout.write(f"{path.name}: {len(frozenset().union(*recorded.values()))} functions, of {len(recorded)} units\n")
for line in rotate(recorded):
    sys.stdout.write(f"{line}\n")
