/** A light runtime: its parts from the pack, each checked by its hash, and what comes first in a Python woken from them. */

import { WASM } from "./pack.js";

/**
 * @param {import("./pack.js").Pack} pack
 * @param {string} base
 * @param {import("../page/messages.js").Woken} runtime
 * @returns {Promise<import("./wake.js").Unit>} when its script is there; the other parts may be on their way.
 */
export async function loadLight(pack, base, { unit, script, module: [path, sri], images: parts, pages, slots }) {
  const images = Promise.all(parts.map(([path, sri]) => pack.read(path, sri))); // first, as they take longest
  const module = pack.use(path, sri, compile);
  for (const part of [images, module]) part.catch(() => {}); // of whom wakes it; until then its failure is nobody's
  const loading = import(new URL(script, base).href);
  const { UNIT, create } = await loading.catch(() => pack.miss(`${script} cannot be reached`));
  if (UNIT !== unit) pack.miss(`${script} is of another build than the rest of the pack`);
  return { create, module, images, pages, slots };
}

/**
 * @param {import("./python.js").Pyodide} python
 * @returns {import("./python.js").Entry}
 */
export function enter(python) {
  python.pyimport("trimtab.browser.waking").wake();
  return python.pyimport("trimtab.browser.entry");
}

/**
 * While it is loaded, where the host says what it is; browsers keep the compiled code of such a module.
 * @param {Response} response
 */
async function compile(response) {
  const isNamed = response.headers.get("content-type")?.startsWith(WASM);
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
