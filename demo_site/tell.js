/**
 * How the demo's pages speak to trimtab. Its tag loads late: a call that comes earlier waits in `early`, which the snippet made.
 *
 * @typedef {import("../agent/trimtab/browser/trimtab.js").Trimtab} Trimtab
 * @typedef {import("../agent/trimtab/browser/trimtab.js").TrimtabStatus} Status
 * @typedef {import("../agent/trimtab/browser/trimtab.js").TrimtabLogEntry} LogEntry
 * @typedef {{early: unknown[][]}} Early
 */

const page = /** @type {{trimtab?: Trimtab | Early}} */ (/** @type {unknown} */ (window));

/** @returns {Trimtab | null} trimtab, once its tag is here */
export function trimtab() {
  return page.trimtab && "status" in page.trimtab ? page.trimtab : null;
}

/**
 * Calls `trimtab[method](...values)`, now or as soon as the tag is here. On the control copies nothing happens.
 * @template {"consent" | "event" | "goal"} Method
 * @param {Method} method
 * @param {Parameters<Trimtab[Method]>} values
 */
export function tell(method, ...values) {
  const here = trimtab();
  if (here) /** @type {(...values: unknown[]) => void} */ (here[method])(...values);
  else if (page.trimtab && "early" in page.trimtab) page.trimtab.early.push([method, ...values]);
}
