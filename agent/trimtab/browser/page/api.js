/** `window.trimtab`: what the page may say and ask. Nothing here throws into the page; mistakes are counted. */

import { EVENT, GOAL } from "./messages.js";

const MAX_NAME = 100;
const LOOK_EVERY_MS = 20;
/** Meanwhile the visit may have ended. */
const ASK_EVERY_MS = 500;
const rest = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
const NO_REPORT = { question: null, answers: [], answer: null, told: [], arm: null, day: null, noise: null, epsilon: null };

/**
 * @typedef {object} Doing What stands behind the calls.
 * @property {(said: unknown) => void} consent
 * @property {(words: import("../trimtab.js").TrimtabChoice) => void} choose
 * @property {(kind: number, name: string, value: number | undefined) => void} happen
 * @property {(name: string | null, words: Record<string, string>) => Promise<string | null>} explain null: nobody is
 *   there to tell.
 * @property {() => Promise<import("./messages.js").Reported | null>} report null: likewise.
 * @property {(name: string | undefined) => void} undo
 * @property {() => boolean} pending
 * @property {(given: unknown) => Promise<void>} panel
 * @property {() => void} off
 */

/**
 * @param {Doing} doing
 * @param {import("./status.js").Status} status
 * @param {string[]} goals those that the policy declares
 * @returns {import("../trimtab.js").Trimtab}
 */
export function createApi(doing, status, goals) {
  /**
   * @template {unknown[]} A
   * @param {(...args: A) => void} work
   * @returns {(...args: A) => void}
   */
  const safe = (work) => (...args) => {
    try {
      work(...args);
    } catch {
      status.mistake();
    }
  };

  /** @param {number} kind @param {unknown} name @param {unknown} value */
  function happen(kind, name, value) {
    const named = typeof name === "string" && name !== "" && name.length <= MAX_NAME;
    const valued = value === undefined || (typeof value === "number" && Number.isFinite(value));
    const known = kind !== GOAL || goals.includes(String(name));
    if (named && valued && known) doing.happen(kind, name, value);
    else status.mistake();
  }

  /** @param {unknown} name @param {Record<string, string>} [words] @returns {Promise<string>} */
  async function explain(name, words = {}) {
    const told = await doing.explain(name === undefined ? null : String(name), { ...words }).catch(() => null);
    const { state, why } = status.snapshot();
    return told ?? `Nothing can be told: trimtab is ${state}${why ? ` (${why})` : ""}.`;
  }

  /** @returns {Promise<import("../trimtab.js").TrimtabReport>} */
  async function report() {
    const told = await doing.report().catch(() => null);
    const { report: state, report_why, why, sharing } = status.snapshot();
    const silent = (told ? "" : why) || (sharing === "agreed" ? "" : `sharing: ${sharing}`);
    return { ...NO_REPORT, ...told?.report, left: told?.left ?? null, state, sharing, why: report_why || silent };
  }

  async function settled() {
    let waits_ms;
    do {
      while (doing.pending()) await rest(LOOK_EVERY_MS);
      const told = await doing.report().catch(() => null); // by then Python has seen to all that time alone has brought
      waits_ms = told?.waits_ms ?? null;
      if (waits_ms !== null) await rest(Math.min(Math.max(waits_ms, LOOK_EVERY_MS), ASK_EVERY_MS));
    } while (waits_ms !== null || doing.pending());
  }

  return {
    consent: safe(doing.consent),
    choose: safe(doing.choose),
    event: safe((/** @type {unknown} */ name, /** @type {unknown} */ value) => happen(EVENT, name, value)),
    goal: safe((/** @type {unknown} */ name, /** @type {unknown} */ value) => happen(GOAL, name, value)),
    status: status.snapshot,
    explain,
    report,
    undo: safe((/** @type {unknown} */ name) => doing.undo(name === undefined ? undefined : String(name))),
    panel: (/** @type {unknown} */ given) => doing.panel(given).catch(() => status.mistake()),
    log: status.log,
    off: safe(doing.off),
    ready: status.settled.then(status.snapshot),
    settled,
  };
}

/**
 * Calls from before the tag was there: `[method, ...arguments]`.
 * @param {import("../trimtab.js").Trimtab} api
 * @param {unknown} early
 * @param {import("./status.js").Status} status
 */
export function callEarly(api, early, status) {
  if (!Array.isArray(early)) return;
  for (const call of early) {
    const [method, ...args] = Array.isArray(call) ? call : [];
    if (method === "consent") api.consent(args[0]);
    else if (method === "event") api.event(args[0], args[1]);
    else if (method === "goal") api.goal(args[0], args[1]);
    else if (method === "off") api.off();
    else status.mistake();
  }
}
