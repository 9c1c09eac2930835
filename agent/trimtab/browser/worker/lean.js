/** A light runtime: its parts from the pack, each checked by its hash, and what comes first in a Python woken from them. */

import { WASM } from "./pack.js";

/**
 * @param {import("./pack.js").Pack} pack
 * @param {string} base
 * @param {import("../page/messages.js").Woken} runtime
 * @returns {Promise<import("./wake.js").Unit>}
 */
export async function loadLight(pack, base, { unit, script, module, images, pages, slots }) {
  const memory = Promise.all(images.map(([path, sri]) => pack.read(path, sri)));
  const compiled = pack.open(...module).then(compile);
  for (const part of [memory, compiled]) part.catch(() => {}); // awaited below; until then its failure is nobody's
  const loaded = await import(new URL(script, base).href);
  if (loaded.UNIT !== unit) throw new Error(`${script} is of another build than the rest of the pack`);
  return { create: loaded.create, module: await compiled, images: await memory, pages, slots };
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
