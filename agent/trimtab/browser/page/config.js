/** `trimtab build` replaces this module by the site's own configuration. */

/** @type {import("./messages.js").Config} */
export const CONFIG = {
  v: 1,
  site: "",
  preview: false,
  collect: "",
  visit: "visit.js",
  worker: "worker.js",
  panel: "panel.js",
  draw: "draw.js",
  survey: "",
  runtimes: [{ name: "stock", folder: "runtime/", stdlib: "stdlib.zip", wheels: [] }],
  declaration: { hash: "", targets: [], adjustments: [], goals: [], questions: [], noise: { a: 8, b: 1 } },
};
