"""Traps for light runtimes, as scripts before the worker's own: real ones, below Python's frames."""

from typing import Final

TRAP: Final = """
const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
))).exports.t; // one function, its body: unreachable
const instantiate = WebAssembly.instantiate;
let batches = 0;
let calls = 0;
WebAssembly.instantiate = (module, imports) => {
  const { env } = imports ?? {};
  const isLight = module instanceof WebAssembly.Module && env; // the stock one is compiled while it is loaded
  for (const [name, real] of Object.entries(isLight ? env : {})) {
    if (typeof real !== "function") continue;
    const trapping = (...given) => {
      if (name === "JsBuffer_get_info") batches += 1; // asked for each batch
      if (batches >= BATCH && (calls += 1) === DEEP + 1) trap(); // once: other pages may share the worker
      return real(...given);
    };
    env[name] = Object.assign(trapping, real); // its signature, where the script looks for one
  }
  return instantiate(module, imports);
};
"""


def trap_in(batch: int, deep: int = 0) -> str:
    """In this batch (from 1 on), at the call of this number (from 0 on) from WebAssembly to JavaScript."""
    return TRAP.replace("BATCH", str(batch)).replace("DEEP", str(deep))
