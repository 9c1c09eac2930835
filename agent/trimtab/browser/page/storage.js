/** What the device remembers: these keys, and nothing else anywhere. */

import { CAPABILITIES } from "./consent.js";
import { toHex } from "./hex.js";

/** With `remember`: draws the arm, so that a visitor stays in it. */
export const SEED = "trimtab.seed";
/** Written with `share`: the days of its reports, as Python wrote them. Stays, or "one a day" could not be kept. */
export const BUDGET = "trimtab.budget";
/** With `share`: the report of this visit until it has left, as `day:hexadecimal`. */
export const SEALED = "trimtab.sealed";
/** With `share`: the names of the ratings that this device was asked, with spaces between. */
export const ASKED = "trimtab.asked";
/** With `remember`, of this tab alone: the seed, and the visit for the tab's next page. It ends with the tab. */
export const VISIT = "trimtab.visit";
/** With `remember`, of this tab alone: what was shown when the page was left, so that the next one begins with it. */
export const SHOWN = "trimtab.shown";
/** What the visitor chose in the panel, a letter a capability: n no, y yes, - neither. A no is kept without any yes. */
export const CHOICE = "trimtab.choice";
/** With `remember`: how often a runtime has failed, and which one of a build goes on, as `day:number:worker:runtime`. */
export const FAILED = "trimtab.failed";

/** @param {string} key */
const areaOf = (key) => (key === VISIT || key === SHOWN ? sessionStorage : localStorage);

/**
 * @param {string} key
 * @returns {string | null} null also where storage is refused
 */
export function recall(key) {
  try {
    return areaOf(key).getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} text
 * @returns {boolean} whether it can be read back
 */
export function store(key, text) {
  try {
    areaOf(key).setItem(key, text);
  } catch {
    return false;
  }
  return recall(key) === text;
}

/** @param {string} key */
export function forget(key) {
  try {
    areaOf(key).removeItem(key);
  } catch {
    // Storage is refused, so there is nothing to forget.
  }
}

/**
 * Removes what somebody has said no to, but for the budget, which says nothing of behaviour: a device that forgot it
 * could make one report after the other. What nobody has answered yet stays as it is.
 * @param {import("./messages.js").Consent} denied
 */
export function forgetDenied(denied) {
  if (denied.observe || denied.remember) [SEED, VISIT, FAILED].forEach(forget);
  if (denied.observe || denied.remember || denied.adapt) forget(SHOWN);
  if (denied.observe || denied.share) [SEALED, ASKED].forEach(forget);
}

/** A tab that showed a page without us heard no denial. With another seed than that of what it keeps, one lies between. */
export function forgetStrays() {
  const seed = recall(SEED) ?? "none";
  for (const key of [VISIT, SHOWN]) if (!recall(key)?.includes(seed)) forget(key);
}

/** @returns {import("./consent.js").Words} what the visitor chose on an earlier page */
export function recallChoice() {
  const letters = recall(CHOICE) ?? "";
  /** @type {import("./consent.js").Words} */
  const words = {};
  CAPABILITIES.forEach((capability, index) => {
    if ("ny".includes(letters[index] || "-")) words[capability] = letters[index] === "y";
  });
  return words;
}

/**
 * To store a refusal is strictly necessary, or it would not hold; a yes is stored only for those who are remembered.
 * @param {import("./consent.js").Words} words
 * @param {boolean} remember
 */
export function keepChoice(words, remember) {
  const letters = CAPABILITIES.map((one) => (words[one] === false ? "n" : words[one] && remember ? "y" : "-")).join("");
  if (/[ny]/.test(letters)) store(CHOICE, letters);
  else forget(CHOICE);
}

/**
 * The seed of this device, 32 hexadecimal digits. Without `remember` it lasts as long as the page.
 * @param {boolean} remember
 * @returns {string}
 */
export function seedOfDevice(remember) {
  const known = remember ? recall(SEED) : null;
  if (known && /^[0-9a-f]{32}$/.test(known)) return known;
  const seed = toHex(crypto.getRandomValues(new Uint8Array(16)));
  if (remember) store(SEED, seed);
  return seed;
}
