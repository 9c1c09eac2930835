/**
 * A no reaches the origin's other pages; a yes is each page's own. A page listens only while it may do what can be
 * denied, on a channel for each capability: a message also throws a page out of the back/forward cache (in Chromium and
 * Firefox; WebKit keeps it, and tells it nothing), which must not happen to one that has nothing to stop.
 */

import { CAPABILITIES } from "../consent.js";

/** Who has decided, where another page has. */
export const TAB = "tab";
/** The visitor's no is stored, so that it can be taken back in any tab; what each browser says, each page asks itself. */
const STAYS = ["visitor", "gpc", "webdriver", TAB];

/**
 * @param {(capability: keyof import("../messages.js").Consent) => void} hear a no of another page
 * @returns {(decision: import("../consent.js").Decision) => void} takes each decision of this page
 */
export function createTabs(hear) {
  /** @type {Map<string, BroadcastChannel>} */
  const channels = new Map();
  /** @type {Partial<import("../messages.js").Consent>} */
  let before = {};
  // With an opaque origin there are no other pages, and Chromium throws.
  if (!("BroadcastChannel" in globalThis) || globalThis.origin === "null") return () => {};

  return ({ consent, denied, by }) => {
    // Observing comes last: without it the others are no longer listened for.
    for (const one of [...CAPABILITIES].reverse()) {
      const isTold = denied[one] && !before[one] && !STAYS.includes(by[one]);
      const isHeard = consent.observe && consent[one];
      if (!isTold && !isHeard && !channels.has(one)) continue;
      const channel = channels.get(one) ?? new BroadcastChannel(`trimtab.${one}`);
      if (isTold) channel.postMessage(null);
      if (isHeard) channel.onmessage = () => hear(one);
      else channel.close();
      if (isHeard) channels.set(one, channel);
      else channels.delete(one);
    }
    before = denied;
  };
}
