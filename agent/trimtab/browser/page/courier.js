/**
 * Keeps the sealed report until the visit ends, and sees that it leaves once.
 *
 * Where there is `fetchLater`, the browser holds it and sends it when the page dies. Elsewhere it goes when the page
 * hides, or stays in storage over a navigation within the site. What was missed (a crash) goes at the next load, byte
 * for byte the same: a collector counts a repeat once, and two versions of one report would tell more than one.
 */

import { post } from "./post.js";
import { forget, fromHex, recall, SEALED, store, toHex } from "./storage.js";

/** A navigation that was begun longer ago than this has not hidden the page. */
const NAVIGATION_MS = 10_000;

/**
 * @typedef {"none" | "sealed" | "sent" | "spent"} ReportState
 *
 * @typedef {object} Courier
 * @property {() => void} sendMissed What an earlier page could not send.
 * @property {(report: Uint8Array<ArrayBuffer>) => void} seal Replaces the report of this visit.
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
  let within_ms = -Infinity;

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
    if (held) return forget(SEALED); // the browser sends it; if the page comes back, so does the copy
    if (performance.now() - within_ms < NAVIGATION_MS) return;
    const sealed = copy;
    close();
    forget(SEALED);
    Promise.resolve(post(url, report, null)).catch(() => keep(sealed));
  }

  /** @param {string} sealed */
  function keep(sealed) {
    if (!scope.signal.aborted && recall(SEALED) === null) store(SEALED, sealed);
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
  if (globalThis.navigation) {
    scope.listen(navigation, "navigate", (/** @type {NavigateEvent} */ { destination }) => {
      const inSite = new URL(destination.url).origin === location.origin;
      within_ms = inSite && !destination.sameDocument ? performance.now() : -Infinity;
    });
  }

  return {
    sendMissed() {
      const missed = recall(SEALED);
      if (missed === null || report) return;
      forget(SEALED);
      const bytes = fromHex(missed);
      if (bytes) Promise.resolve(post(url, bytes, null)).catch(() => keep(missed));
    },
    seal(bytes) {
      if (gone) return;
      if (held?.activated || (report && recall(SEALED) !== copy)) return close();
      report = bytes;
      copy = toHex(bytes);
      store(SEALED, copy);
      hold();
      tell("sealed");
    },
    drop() {
      if (!gone) tell("none");
      gone = true;
      release.abort();
      forget(SEALED);
    },
  };
}
