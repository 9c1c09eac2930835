/** What `trimtab.status()` and `trimtab.log()` tell: every "no" with its reason. */

import { DENIED } from "./consent.js";

/**
 * Tells the page's own scripts, once all is as it says.
 * @template {keyof import("../trimtab.js").TrimtabEvents} Type
 * @param {Type} type @param {import("../trimtab.js").TrimtabEvents[Type]["detail"]} detail
 */
function announce(type, detail) {
  queueMicrotask(() => document.dispatchEvent(new CustomEvent(type, { detail })));
}

/** Who keeps a visit from sharing, besides a no: nobody has answered, or what outranks every answer. */
const SILENT = /** @type {Record<string, import("../trimtab.js").TrimtabStatus["sharing"]>} */ ({
  "": "unanswered",
  gpc: "gpc",
  webdriver: "webdriver",
});

/** The log is for people; a visit has rarely more than a dozen entries. */
const LOG_ENTRIES = 500;

/**
 * @typedef {"off" | "waiting" | "starting" | "running" | "stopped"} State
 * @typedef {import("../trimtab.js").TrimtabAdjustmentStatus["state"]} AdjustmentState
 *
 * @typedef {object} Status
 * @property {Promise<void>} settled Resolves when it runs, or when it is clear that it never will.
 * @property {(state: State, why?: string) => void} turn
 * @property {(consent: Readonly<import("./messages.js").Consent>,
 *   by: import("../trimtab.js").TrimtabStatus["consent_by"]) => void} permit
 * @property {(ready: import("./messages.js").Ready, boot_ms: number) => void} booted
 * @property {(runtime: import("./messages.js").RuntimeName, why: string, isFall?: boolean) => void} run `why` not a lighter
 *   one, which has failed; `isFall`: on this page.
 * @property {(log: import("./messages.js").LogEntry[], counts?: Partial<import("./messages.js").Counts>) => void} note
 * @property {(index: number, state: AdjustmentState, reason: string, isShown?: boolean) => void} adjust `isShown`: now; left
 *   out, as before.
 * @property {(what: "reversed" | "given_up" | "shifted") => void} count
 * @property {(state: import("./courier.js").ReportState, why?: string) => void} report
 * @property {(ring: import("./ring.js").Ring | null) => void} watch Whose lost rows to tell.
 * @property {(count?: number) => void} mistake
 * @property {() => import("../trimtab.js").TrimtabStatus} snapshot
 * @property {() => import("./messages.js").LogEntry[]} log
 */

/**
 * @param {import("./messages.js").Adjustment[]} declared
 * @returns {Status}
 */
export function createStatus(declared) {
  const now = {
    state: /** @type {State} */ ("off"),
    why: "no consent to observe",
    consent: DENIED,
    consent_by: /** @type {import("../trimtab.js").TrimtabStatus["consent_by"]} */ ({
      observe: "",
      adapt: "",
      remember: "",
      share: "",
    }),
    arm: /** @type {string | null} */ (null),
    boot_ms: /** @type {number | null} */ (null),
    runtime: /** @type {import("./messages.js").RuntimeName | null} */ (null),
    fallbacks: 0,
    fallback_why: "",
    resumed: false,
    report: /** @type {import("./courier.js").ReportState} */ ("none"),
    report_why: "",
    sharing: /** @type {import("../trimtab.js").TrimtabStatus["sharing"]} */ ("unanswered"),
    reversed: 0,
    given_up: 0,
    shifted: 0,
    errors: 0,
  };
  const idle = /** @type {AdjustmentState} */ ("idle");
  const adjustments = declared.map(({ name }) => ({ name, state: idle, reason: "" }));
  /** What Python said of each last. */
  const decided = declared.map(() => "");
  /** Those that the page shows. @type {Set<number>} */
  const shown = new Set();
  /** @type {Set<string>} */
  const segments = new Set();
  /** @type {import("./messages.js").LogEntry[]} */
  let log = [];
  /** @type {import("./ring.js").Ring | null} */
  let ring = null;
  const there = { errors: 0, refused: 0, misdated: 0 };
  let settle = () => {};
  /** @type {Promise<void>} */
  const settled = new Promise((resolve) => (settle = resolve));

  /** What was noticed and decided before a denial. */
  function forget() {
    log = [];
    now.arm = now.boot_ms = null;
    now.resumed = false;
    for (const adjustment of adjustments) Object.assign(adjustment, { state: idle, reason: "" });
    decided.fill("");
  }

  /** @param {string} segment @param {boolean} entered @param {string} because */
  function noteSegment(segment, entered, because) {
    if (entered) segments.add(segment);
    else segments.delete(segment);
    announce("trimtab:segment", { segment, entered, because });
  }

  /** @param {import("./messages.js").LogEntry} entry */
  function noteOne(entry) {
    if ("segment" in entry) {
      noteSegment(entry.segment, entry.entered, entry.because);
      return;
    }
    const index = adjustments.findIndex(({ name }) => name === entry.adjustment);
    const adjustment = adjustments[index];
    if (!adjustment) return;
    adjustment.reason = decided[index] = entry.reason;
    // What is on the page is told by the page itself; the log tells what is not.
    const isApplied = adjustment.state === "applied";
    if (!isApplied && (entry.decision === "held" || entry.decision === "refused")) adjustment.state = entry.decision;
  }

  return {
    settled,
    turn(state, why = "") {
      now.state = state;
      now.why = why;
      if (state === "running" || state === "stopped") settle();
      if (state === "off" || state === "stopped") for (const segment of segments) noteSegment(segment, false, why);
      if (state === "off") forget();
    },
    permit(consent, by) {
      now.consent = consent;
      now.consent_by = by;
      now.sharing = consent.share ? "agreed" : SILENT[by.share] ?? "denied";
    },
    booted({ arm, resumed, segments: inside }, boot_ms) {
      now.resumed = resumed;
      for (const segment of inside) noteSegment(segment, true, "as on the page before");
      now.arm = arm;
      now.boot_ms = boot_ms;
    },
    run(runtime, why, isFall = false) {
      now.runtime = runtime;
      now.fallbacks += Number(isFall);
      if (isFall || !now.fallbacks) now.fallback_why = why;
    },
    note(entries, { errors = 0, refused = 0, misdated = 0 } = {}) {
      there.errors = Math.max(there.errors, errors);
      there.refused = Math.max(there.refused, refused);
      there.misdated = Math.max(there.misdated, misdated);
      if (!entries.length) return;
      entries.forEach(noteOne);
      log = [...log, ...entries].slice(-LOG_ENTRIES);
    },
    adjust(index, state, reason, isShown = shown.has(index)) {
      const adjustment = adjustments[index];
      const { name } = adjustment;
      adjustment.state = state;
      adjustment.reason = reason || decided[index];
      if (isShown === shown.has(index)) return;
      if (isShown) shown.add(index);
      else shown.delete(index);
      if (isShown) announce("trimtab:adjust", { adjustment: name });
      else announce("trimtab:undo", { adjustment: name, reason: adjustment.reason });
    },
    count: (what) => void (now[what] += 1),
    report(state, why = "") {
      now.report = state;
      now.report_why = why;
    },
    watch: (watched) => void (ring = watched),
    mistake: (count = 1) => void (now.errors += count),
    snapshot: () => ({
      ...now,
      ...there,
      errors: now.errors + there.errors,
      segments: [...segments],
      adjustments: adjustments.map((adjustment) => ({ ...adjustment })),
      dropped: ring?.dropped() ?? 0,
    }),
    log: () => log.map((entry) => ({ ...entry })),
  };
}
