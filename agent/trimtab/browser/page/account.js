/** What is said of each adjustment: to the status in words, and to the worker as a row. Each turn is said once. */

import { APPLIED, DEFERRED, FAILED, UNDONE, WAITS } from "./messages.js";
import { FOUGHT } from "./reach.js";

/** In the order in which they are told. */
const WORDS = new Map([
  [WAITS.layout, "it would move what is in view"],
  [WAITS.focus, "the visitor's focus is in it"],
  [WAITS.pointer, "the visitor's pointer is on it"],
  [WAITS.hydration, "the page's framework has still to take it over"],
  [FOUGHT, "the page took it back; it is left alone for a while"],
]);

/**
 * @typedef {"idle" | "applied" | "deferred" | "undone" | "failed"} State
 *
 * @typedef {object} Tell
 * @property {(index: number, state: State, reason: string, isShown?: boolean) => void} adjust `isShown`: now; left out, as
 *   before.
 * @property {(what: "reversed" | "given_up" | "shifted") => void} count
 *
 * @typedef {object} Account
 * @property {(index: number) => State} state What was said since the last command.
 * @property {(index: number) => void} begin A command has come: it is answered, also with what has been said before.
 * @property {(index: number) => void} applied
 * @property {(index: number, why: number[]) => void} waits
 * @property {(index: number, reason: string) => void} absent It was there, and may come again.
 * @property {(index: number, reason: string) => void} failed
 * @property {(index: number, by?: number, reason?: string) => void} undone
 * @property {(index: number) => number} turned_ms When the page last looked different because of another one.
 */

/**
 * @param {import("./messages.js").Adjustment[]} adjustments
 * @param {(kind: number, stamp: number, target: number, adjustment: number, why: number) => void} record
 * @param {Tell} tell
 * @returns {Account}
 */
export function createAccount(adjustments, record, tell) {
  /** @type {State[]} */
  const states = adjustments.map(() => "idle");
  /** When each was last applied or undone. */
  const turned = adjustments.map(() => -Infinity);

  /** @param {number} index @param {State} state @param {number | null} kind of row @param {string} reason @param {number} why */
  function turn(index, state, kind, reason = "", why = 0) {
    if (states[index] === state) return;
    states[index] = state;
    const now_ms = performance.now();
    if (kind === APPLIED || kind === UNDONE) turned[index] = now_ms;
    tell.adjust(index, state, reason, kind === DEFERRED ? undefined : kind === APPLIED);
    if (kind !== null) record(kind, now_ms, adjustments[index].target, index, why);
  }

  return {
    state: (index) => states[index],
    begin: (index) => void (states[index] = "idle"),
    applied: (index) => turn(index, "applied", APPLIED),
    waits(index, whys) {
      const [why, words] = [...WORDS].find(([each]) => whys.includes(each)) ?? [WAITS.layout, ""];
      turn(index, "deferred", why === FOUGHT ? null : DEFERRED, words, why); // to the worker it is shown all the while
    },
    absent: (index, reason) => turn(index, "deferred", null, reason),
    failed: (index, reason) => turn(index, "failed", FAILED, reason),
    undone: (index, by, reason) => turn(index, "undone", UNDONE, reason, by),
    turned_ms: (index) => Math.max(...turned.filter((_, other) => other !== index)),
  };
}
