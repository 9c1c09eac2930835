/**
 * Where a page's Python comes from. A worker of one page has it started or woken once. A worker that pages share keeps what
 * it has loaded: each page gets a Python of its own, woken from the same memory image as if it were alone, so that nothing
 * that one page's visitor does can reach another's. The next one is woken before it is asked for.
 */

import { enter, loadLight } from "./lean.js";
import { openPack } from "./pack.js";
import { bootPython } from "./python.js";
import { wake } from "./wake.js";

/** Not at the same time as a page that has just got its own. */
const SPARE_MS = 1000;

/**
 * @typedef {object} Supply
 * @property {(start: Pick<import("../page/messages.js").Start, "base" | "config" | "runtime">) => Promise<import("./python.js").Entry>} take
 */

/**
 * @param {boolean} isShared
 * @param {(why: string) => void} onMissing a file of the pack
 * @returns {Supply}
 */
export function createSupply(isShared, onMissing) {
  /** @type {Promise<import("./wake.js").Unit> | null} */
  let loaded = null;
  /** @type {Promise<import("./python.js").Pyodide> | null} */
  let spare = null;

  /** @param {string} base @param {import("../page/messages.js").Woken} runtime */
  async function load(base, runtime) {
    const pack = openPack(base, onMissing);
    const unit = await loadLight(pack, base, runtime);
    pack.close();
    return unit;
  }

  /** @param {string} base @param {import("../page/messages.js").Woken} runtime */
  async function wakeOne(base, runtime) {
    loaded ??= load(base, runtime);
    const unit = loaded;
    const python = spare ?? unit.then(wake);
    spare = null;
    const entry = enter(await python);
    if (isShared) self.setTimeout(() => (spare ??= unit.then(wake)), SPARE_MS);
    return entry;
  }

  /** @param {string} base @param {import("../page/messages.js").Started} runtime */
  async function startOne(base, runtime) {
    const pack = openPack(base, onMissing);
    const entry = await bootPython(pack, base, runtime);
    pack.close();
    return entry;
  }

  return {
    take({ base, config, runtime }) {
      const chosen = config.runtimes[runtime];
      return "module" in chosen ? wakeOne(base, chosen) : startOne(base, chosen);
    },
  };
}
