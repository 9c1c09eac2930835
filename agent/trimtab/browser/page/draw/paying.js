/** Paying for a report: stored, and read back, before anything is sent. */

import { BUDGET, recall, store } from "../storage.js";

const LOCK = "trimtab.budget";
/** Another page that holds the lock has as long as this; then this one does without a report. */
const LOCK_WAIT_MS = 5000;
/** And a day's number. */
const PAID_LOCK = "trimtab.paid.";

/**
 * What came of it: `paid`, so a report may be sent; `spent`, says the budget; or `none`, because of something else.
 * `why` unless paid, and then what for.
 * @typedef {import("./budget.js").Subject} Subject
 * @typedef {{outcome: "paid", why: "", subject: Subject} | {outcome: "spent" | "none", why: string}} Drawing
 *
 * One page at a time draws. No locks (an insecure context), no draw. Another process may see what was stored only later
 * than the lock is free (https://html.spec.whatwg.org/multipage/webstorage.html#introduction-17), so the page that paid
 * holds the day's own lock until it is left.
 * @param {number} day days since 1970-01-01 UTC
 * @param {(budget: string | null) => import("./budget.js").Spending | null} draw from the stored text to the new
 *   one, or why there is none; null: it may not be drawn any more
 * @returns {Promise<Drawing>}
 */
export async function drawFromBudget(day, draw) {
  if (!navigator.locks) return { outcome: "none", why: "the page is not served over https, so it has no Web Locks" };
  const signal = AbortSignal.timeout(LOCK_WAIT_MS);
  const drawing = navigator.locks.request(LOCK, { signal }, async () => keepDrawn(day, draw(recall(BUDGET))));
  return drawing.catch((error) => ({ outcome: /** @type {const} */ ("none"), why: `the lock of the budget: ${error}` }));
}

/**
 * @param {number} day
 * @param {import("./budget.js").Spending | null} drawn
 * @returns {Promise<Drawing>}
 */
async function keepDrawn(day, drawn) {
  if (!drawn) return { outcome: "none", why: "consent to share went before the report was drawn" };
  if (drawn.budget === null) return { outcome: "spent", why: drawn.why };
  if (!(await claim(day))) return { outcome: "spent", why: "another page makes today's report" };
  if (!store(BUDGET, drawn.budget)) return { outcome: "none", why: "the browser refuses to store what was spent" };
  return { outcome: "paid", why: "", subject: drawn.subject };
}

/** @param {number} day @returns {Promise<boolean>} whether the day is this page's, until it is left */
function claim(day) {
  const left = new Promise((leave) => globalThis.addEventListener("pagehide", leave, { once: true }));
  return new Promise((answer, fail) => {
    const holding = navigator.locks.request(`${PAID_LOCK}${day}`, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock && left;
    });
    holding.catch(fail);
  });
}
