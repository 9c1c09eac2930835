/**
 * Asks a woken Python for what it cannot do and writes what it says, a text for each call. Standard input: a `Job`. Each
 * call has a Python of its own, in which a visit has begun: a trap is the end of one.
 *
 * @typedef {object} Job
 * @property {string} engine
 * @property {string} wake
 * @property {string} module
 * @property {string[]} images paths
 * @property {number} pages
 * @property {number} slots
 * @property {[string, string]} begun what the visit begins with: configuration and options
 * @property {[string, ...unknown[]][]} calls function of `trimtab.browser.entry` and arguments; a list of numbers is a
 *   buffer of such bytes, null is Python's None
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @type {Job} */
const { engine, wake: script, module: wasm, images: paths, pages, slots, begun, calls } = JSON.parse(readFileSync(0, "utf-8"));
Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: engine });
const { wake } = await import(pathToFileURL(script).href);
const { create } = await import(pathToFileURL(join(engine, "lean.mjs")).href);
const module = new WebAssembly.Module(readFileSync(wasm));
const images = paths.map((path) => new Uint8Array(readFileSync(path)));
const told = [];
for (const [name, ...given] of calls) {
  const python = await wake({ create, module, images, pages, slots });
  python.pyimport("trimtab.browser.waking").wake();
  const entry = python.pyimport("trimtab.browser.entry");
  entry.start(...begun);
  told.push(whyNot(() => entry[name](...given.map(asArgument))));
}
writeFileSync(1, JSON.stringify(told));
process.exit(0);

/** @param {unknown} given */
function asArgument(given) {
  return Array.isArray(given) ? Uint8Array.from(given).buffer : (given ?? undefined);
}

/** @param {() => unknown} call @returns {string} empty if it can do it */
function whyNot(call) {
  try {
    call();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
