/** Waking a light runtime as the worker does, for tests that need more of it than its entry. */
import { enter, loadLight } from "../../agent/trimtab/browser/worker/lean.js";
import { wake } from "../../agent/trimtab/browser/worker/wake.js";

/** @param {string} url */
async function open(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} is missing`);
  return response;
}

/** @param {string} url */
export const read = async (url) => new Uint8Array(await (await open(url)).arrayBuffer());

/**
 * @param {string} base where its files lie
 * @param {import("../../agent/trimtab/browser/page/messages.js").Woken} unit
 * @returns {Promise<any>} Pyodide
 */
export async function wakeUnit(base, unit) {
  /** @type {import("../../agent/trimtab/browser/worker/pack.js").Pack} */
  const pack = {
    read: (path) => read(base + path),
    use: async (path, _sri, use) => use(await open(base + path)),
    miss: (why) => {
      throw new Error(why);
    },
    close() {},
  };
  const python = await wake(await loadLight(pack, base, unit));
  enter(python);
  return python;
}
