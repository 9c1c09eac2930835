/**
 * Where a page's Python comes from. A worker of one page has it started or woken once. A worker that pages share keeps what
 * it has loaded: each page gets a Python of its own, woken from the same memory image as if it were alone, so that nothing
 * that one page's visitor does can reach another's. The next one is woken before it is asked for. All its pages ask for the
 * same runtime: for another one they join another worker (page/spawn.js).
 */

import { enter, loadLight } from "./lean.js";
import { openPack } from "./pack.js";
import { bootPython } from "./python.js";
import { wake } from "./wake.js";

/** Not at the same time as a page that has just got its own. */
const SPARE_MS = 1000;
/** A Python that waits takes 20 MB and more. Browsers that do not say what a device has run on few that have less. */
const ENOUGH_GIB = 4;

const hasRoom = () => Number(Reflect.get(navigator, "deviceMemory") ?? ENOUGH_GIB) >= ENOUGH_GIB;

/**
 * @typedef {object} Supply
 * @property {(start: Pick<import("../page/messages.js").Start, "base" | "runtime" | "isPlain">) => Promise<import("./python.js").Entry>} take
 */

/**
 * @param {import("../page/messages.js").Runtime[]} runtimes
 * @param {boolean} isShared
 * @param {(why: string) => void} onMissing a file of the pack
 * @returns {Supply}
 */
export function createSupply(runtimes, isShared, onMissing) {
  /** @type {Promise<import("./wake.js").Unit> | null} */
  let loaded = null;
  /** null in it: it could not be woken. @type {Promise<import("./python.js").Pyodide | null> | null} */
  let spare = null;
  /** @type {import("./pack.js").Pack | null} */
  let pack = null;

  /** @param {Promise<import("./wake.js").Unit>} unit */
  function wakeSpare(unit) {
    spare ??= unit.then(wake).catch(() => null); // whoever it was meant for may have more luck
  }

  return {
    async take({ base, runtime, isPlain }) {
      const chosen = runtimes[runtime];
      pack ??= openPack(base, isPlain, onMissing);
      if (!("module" in chosen)) {
        const entry = await bootPython(pack, base, chosen);
        pack.close();
        return entry;
      }
      const unit = loaded ?? loadLight(pack, base, chosen);
      if (isShared) loaded = unit; // a worker of one page lets it go
      const waiting = spare;
      spare = null;
      const python = (await waiting) ?? (await wake(await unit));
      pack.close(); // before anything of a policy runs
      const entry = enter(python);
      if (isShared && hasRoom()) self.setTimeout(wakeSpare, SPARE_MS, unit);
      return entry;
    },
  };
}
