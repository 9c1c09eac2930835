"""The light runtime: a small compiler back end, from Pyodide's files and a policy to what wakes in no time.

Reading order: `lean` is the flow. `sections` takes WebAssembly apart; `prune` are its passes, `script` those of
Pyodide's JavaScript; `engine` puts both together. `statics` reads its data, of which `tables` and `texts` prove that
nobody reads a part. `slim` says what of Pyodide's own Python is left out; `freeze` makes the images of the memory, in
Node (`node/freeze.mjs`, `node/freezing.py`). `profiled` leaves out the functions that
nobody was seen to need: `watch` is the pass that sees it, `entered` what was seen once and for all, `visits` who comes.
Each pass finds what it needs by its structure, and fails loudly where it does not.
"""
