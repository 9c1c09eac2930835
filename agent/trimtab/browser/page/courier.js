/**
 * Keeps the sealed report until the visit ends, and sees that it leaves once.
 *
 * A visit is one page. Where there is `fetchLater`, the browser holds the report and sends it when the page dies;
 * elsewhere it goes when the page hides first. What was missed (a crash) goes at a load of a later day, as another tab
 * may still live today's visit; byte for byte the same: a collector counts a repeat once, and two versions of one
 * report would tell more than one.
 */

import { fromHex, toHex } from "./hex.js";
import { post } from "./post.js";
import { forget, recall, SEALED, store } from "./storage.js";

/**
 * @typedef {"none" | "sealed" | "sent" | "spent"} ReportState
 *
 * @typedef {object} Courier
 * @property {(today: number) => void} sendMissed What a page of an earlier day could not send.
 * @property {(report: Uint8Array<ArrayBuffer>, day: number) => void} seal Replaces the report of this visit, which
 *   is of this day.
 * @property {() => Uint8Array<ArrayBuffer> | null} sealed The report that leaves with this visit, or has left.
 * @property {() => void} drop The visitor no longer shares: nothing of this page leaves any more.
 */

/**
 * @param {string} url where reports go
 * @param {(state: ReportState) => void} tell
 * @param {import("./scope.js").Scope} scope outlives the worker: a visit that went wrong still counts
 * @returns {Courier}
 */
export function createCourier(url, tell, scope) {
  /** @type {Uint8Array<ArrayBuffer> | null} */
  let report = null;
  let copy = "";
  /** @type {{activated: boolean} | null} what the browser holds for us */
  let held = null;
  let release = new AbortController();
  let gone = false;
  let withdrawn = false;

  function close() {
    gone = true;
    release.abort();
    tell("sent");
  }

  /** Hands the report to the browser, in place of an earlier one. */
  function hold() {
    const next = new AbortController();
    held = null;
    try {
      const later = report && "fetchLater" in globalThis ? post(url, report, next.signal) : null;
      held = /** @type {{activated: boolean} | null} */ (later);
    } catch {
      // No quota, or a policy of the page forbids it: it goes when the page hides.
    }
    release.abort();
    release = next;
  }

  function leave() {
    if (!report || gone) return;
    if (!navigator.onLine) {
      // What fails after the page has gone is heard by nobody, so the copy stays for later.
      release.abort();
      held = null;
      return;
    }
    if (held) return forget(SEALED); // the browser sends it; if the page comes back, so does the copy
    const sealed = copy;
    close();
    forget(SEALED);
    Promise.resolve(post(url, report, null)).catch(() => keep(sealed));
  }

  /** @param {string} sealed */
  function keep(sealed) {
    if (!withdrawn && !scope.signal.aborted && recall(SEALED) === null) store(SEALED, sealed);
  }

  function comeBack() {
    if (!report || gone || !held) return;
    if (held.activated) close();
    else store(SEALED, copy);
  }

  scope.listen(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden" && !held) leave();
  });
  scope.listen(window, "pagehide", leave);
  scope.listen(window, "pageshow", comeBack);
  scope.listen(window, "storage", (/** @type {StorageEvent} */ event) => {
    // Another page has sent it for us, or the visitor withdrew there.
    if (report && !gone && (event.key === SEALED || event.key === null) && event.newValue !== copy) close();
  });

  return {
    sendMissed(today) {
      const missed = recall(SEALED);
      if (missed === null || report) return;
      const [, day, hex] = /^(\d+):(.+)$/.exec(missed) ?? ["", "0", ""];
      if (Number(day) >= today) return;
      forget(SEALED);
      const bytes = fromHex(hex);
      if (bytes) Promise.resolve(post(url, bytes, null)).catch(() => keep(missed));
    },
    seal(bytes, day) {
      if (gone) return;
      if (held?.activated || (report && recall(SEALED) !== copy)) return close();
      report = bytes;
      copy = `${day}:${toHex(bytes)}`;
      if (!store(SEALED, copy)) forget(SEALED); // else the version before could go later, beside this one
      hold();
      tell("sealed");
    },
    sealed: () => report,
    drop() {
      if (!gone) tell("none");
      gone = true;
      withdrawn = true;
      release.abort();
      forget(SEALED);
    },
  };
}
