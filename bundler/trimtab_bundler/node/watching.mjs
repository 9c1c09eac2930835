/**
 * Wakes a light runtime in Node whose functions tell that they were entered (`runtime/watch.py`).
 *
 * @typedef {object} Watched
 * @property {string} engine folder of the engine
 * @property {string} wake   path of worker/wake.js
 * @property {string[]} images paths
 * @property {number} pages
 * @property {number} slots
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const PAGE_BYTES = 65_536;

/**
 * @param {Watched} watched
 * @returns {Promise<{python: any, entered: () => string}>} `entered`: the numbers of the functions that were entered
 *   since it was asked last, as text.
 */
export async function wakeWatched({ engine, wake: script, images: paths, pages, slots }) {
  const { wake } = await import(pathToFileURL(script).href);
  // What Pyodide's script asks for in Node.
  Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: engine });
  const { create } = await import(pathToFileURL(join(engine, "lean.mjs")).href);
  const module = new WebAssembly.Module(readFileSync(join(engine, "watched.wasm")));
  const notes = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = /** @type {any} */ (
    (/** @type {WebAssembly.Module} */ given, /** @type {any} */ imports) =>
      instantiate(given, given === module ? { ...imports, watch: { entered: notes } } : imports)
  );
  const images = paths.map((path) => new Uint8Array(readFileSync(path)));
  const python = await wake({ create, module, images, pages, slots });
  python.pyimport("trimtab.browser.waking").wake();
  const bytes = new Uint8Array(notes.buffer, 0, PAGE_BYTES);
  return {
    python,
    entered() {
      const numbers = [...bytes.keys()].filter((number) => bytes[number]);
      bytes.fill(0);
      return numbers.join(" ");
    },
  };
}
