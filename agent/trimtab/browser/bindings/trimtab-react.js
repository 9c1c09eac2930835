/**
 * trimtab for React 18 and newer: content that React owns follows an adjustment or a segment.
 *
 * A server renders the page as its author wrote it, and so does hydration; what is shown comes with the next render.
 */

import { useSyncExternalStore } from "react";

const EVENTS = /** @type {const} */ (["trimtab:adjust", "trimtab:undo", "trimtab:segment"]);

/** @param {() => void} onChange */
function subscribe(onChange) {
  for (const type of EVENTS) document.addEventListener(type, onChange);
  return () => EVENTS.forEach((type) => document.removeEventListener(type, onChange));
}

/** The tag may come late: until then there are only early calls. */
const status = () => window.trimtab?.status?.();
const asWritten = () => false;

/**
 * Whether this adjustment is on show now. It goes when its rule ends, and when the visitor takes it back.
 * @param {string} name as the policy has it
 * @returns {boolean}
 */
export function useAdjustment(name) {
  const isShown = () => !!status()?.adjustments.some((each) => each.name === name && each.state === "applied");
  return useSyncExternalStore(subscribe, isShown, asWritten);
}

/**
 * Whether the visitor is in this segment now.
 * @param {string} name as the policy has it
 * @returns {boolean}
 */
export function useSegment(name) {
  return useSyncExternalStore(subscribe, () => !!status()?.segments.includes(name), asWritten);
}
