/** `trimtab build` replaces this module by what the worker has to know of the pack that it is in. */

/** @type {import("../page/messages.js").WorkerConfig} */
export const CONFIG = {
  runtimes: [{ name: "stock", folder: "runtime/", stdlib: "stdlib.zip", wheels: [] }],
  declaration: {},
};
