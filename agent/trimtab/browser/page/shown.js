/**
 * What the page before showed, shown again before Python runs: JavaScript replays, and decides nothing. Python confirms
 * each change or takes it back when it goes on with the visit.
 */

import { KINDS } from "./adjust/kinds.js";
import { isOwned, NAMED_ROOTS } from "./hydration.js";
import { forget, recall, SEED, SHOWN, store } from "./storage.js";

/** As `SESSION_MS` of `pipeline.py`: whoever was away for longer begins another visit. */
export const SESSION_MS = 30 * 60_000;

/** Selects nothing: what lies in shadow roots waits for the tag as well. */
const NOTHING = "a:not(a)";
/** Roots that a framework may still have to take over: the script in the head leaves them to the tag, which waits. */
const ROOTS = `[data-trimtab-wait],astro-island,[ngh],[data-server-rendered],${NAMED_ROOTS},#root,#app`;

/**
 * `name`, `text` and `block` are for the script in the head: a class (or ""), a text (or null), the selector of a template
 * in the element (or one of nothing). Kinds that need more than these wait for the tag.
 * @typedef {[index: number, selector: string, name: string, text: string | null, block: string][]} Changes
 * @typedef {[index: number, element: Element, undo: () => void][]} Done What the script in the head has done.
 * @typedef {{done?: Done | null}} Head `window.trimtab` as that script has left it; without `done` it does no more.
 */

/**
 * What a framework owns here, it may have to take over on the next page, where nothing tells so before it does: that waits
 * for Python. Roots that are known by name wait for themselves, with the tag.
 * @param {string} selector
 */
const waits = (selector) =>
  [...(selector.includes(">>>") ? [] : document.querySelectorAll(selector))].some(
    (element) => !element.closest(ROOTS) && isOwned(element),
  );

/**
 * @param {import("./messages.js").Declaration} declaration
 * @param {number[]} applied the adjustments that are on the page now
 */
export function keepShown({ hash, adjustments, targets }, applied) {
  const kept = applied.filter((index) => !waits(targets[adjustments[index].target].selector));
  if (!kept.length) return forget(SHOWN);
  const changes = kept.map((index) => {
    const { target, do: what } = adjustments[index];
    const { name = "", text = null, block = NOTHING, unless = NOTHING } = KINDS[what.kind].early?.(what) ?? {};
    const { selector } = targets[target];
    return [index, selector.includes(">>>") ? NOTHING : `:is(${selector}):not(:has(${unless}))`, name, text, block];
  });
  store(SHOWN, JSON.stringify({ hash, at: Date.now(), seed: recall(SEED), roots: ROOTS, changes }));
}

/**
 * What was shown in this tab a while ago, of whatever policy.
 * @returns {{hash: string, changes: Changes} | null}
 */
export function recallShown() {
  try {
    const { hash, at, changes } = JSON.parse(recall(SHOWN) ?? "");
    return Date.now() - at < SESSION_MS && Array.isArray(changes) ? { hash, changes } : null;
  } catch {
    return null;
  }
}

/**
 * The adjustments that were shown, as far as this policy has them.
 * @param {import("./messages.js").Declaration} declaration
 * @returns {number[]}
 */
export function shownBefore({ hash, adjustments }) {
  const shown = recallShown();
  return shown?.hash === hash ? shown.changes.map(([index]) => index).filter((index) => adjustments[index]) : [];
}

/**
 * Stops the script in the head, and takes back what it has done, the last first.
 * @param {Head} head
 * @returns {Done} what that was
 */
export function undoHead(head) {
  const done = head.done?.splice(0) ?? [];
  head.done = null;
  for (const [, , undo] of [...done].reverse()) undo();
  return done;
}
