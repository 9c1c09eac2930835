/** `trimtab build` replaces this module by the site's own configuration. */

/** @type {import("./messages.js").Config} */
export const CONFIG = {
  preview: false,
  collect: "",
  visit: "visit.js",
  worker: "worker.js",
  panel: "panel.js",
  survey: "",
  runtimes: ["stock"],
  declaration: { hash: "", targets: [], adjustments: [], goals: [], questions: [], noise: { a: 8, b: 1 } },
  table: null,
};
