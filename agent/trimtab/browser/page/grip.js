/** What one adjustment holds: the elements that show it now. Nothing here asks whether it is the moment. */

import { createChange, paintsOnly, partsOf } from "./adjust/change.js";
import { selectAll } from "./selecting.js";

/** A policy that matches more elements than this adjusts the first ones. */
const MAX_ELEMENTS = 500;

/**
 * @typedef {WeakMap<Element, Set<string>>} Taken The parts of elements that some adjustment holds.
 * @typedef {import("./still.js").Step & {act: import("./adjust/change.js").Change}} Step
 * @typedef {{reversed: Element[], gone: boolean}} Lost Elements that the page has changed back; whether others have
 *   left the page.
 *
 * @typedef {object} Grip
 * @property {() => {steps: Step[], reason: string}} find What could be changed besides; the reason, if nothing can.
 * @property {() => Lost} check Lets go of what no longer shows our change.
 * @property {() => number} lost How many no longer show it.
 * @property {() => void} begin A command has come: what did not show is tried again.
 * @property {(step: Step) => string} take It is done; the reason, if it does not show and is undone.
 * @property {(element: Element) => void} release It is undone.
 * @property {() => import("./still.js").Step[]} back The steps that undo all, the last one first.
 * @property {(element: Element) => boolean} has
 * @property {() => number} size
 */

/**
 * @param {import("./messages.js").Adjustment} adjustment
 * @param {string} selector
 * @param {Taken} taken
 * @param {() => void} dismiss
 * @param {(host: Element) => void} enter Told of every shadow root on the way to an element.
 * @returns {Grip}
 */
export function createGrip({ do: what }, selector, taken, dismiss, enter) {
  /** @type {Map<Element, import("./adjust/change.js").Change>} in order */
  const held = new Map();
  const parts = partsOf(what);
  const isPaint = paintsOnly(what);
  /** @type {WeakMap<Element, string>} on which nothing of it would show, and why */
  let unseen = new WeakMap();

  const lostOf = () => [...held].filter(([element, change]) => !element.isConnected || !change.holds());

  /** @type {Grip} */
  const grip = {
    find() {
      let reason = `no element matches ${selector}`;
      const steps = [];
      for (const element of selectAll(selector, enter).slice(0, MAX_ELEMENTS)) {
        if (held.has(element)) continue;
        const isTaken = parts.some((part) => taken.get(element)?.has(part));
        const act = isTaken
          ? "another adjustment holds it"
          : (unseen.get(element) ?? createChange(element, what, dismiss));
        if (typeof act === "string") reason = act;
        else steps.push({ element, act, paintsOnly: isPaint });
      }
      return { steps, reason };
    },
    check() {
      const lost = lostOf();
      for (const [element, change] of lost) {
        change.undo(); // what is left of it; an element that comes back one day comes as the page would have it
        grip.release(element);
      }
      const reversed = lost.map(([element]) => element).filter((element) => element.isConnected);
      // What waits in a fragment is inside of something that we have changed ourselves.
      const gone = lost.some(([element]) => element.getRootNode({ composed: true }) instanceof Element);
      return { reversed, gone };
    },
    lost: () => lostOf().length,
    begin: () => void (unseen = new WeakMap()),
    take({ element, act }) {
      const why = act.unseen?.();
      if (why) {
        act.undo();
        unseen.set(element, why);
        return why;
      }
      held.set(element, act);
      const all = taken.get(element) ?? new Set();
      for (const part of parts) all.add(part);
      taken.set(element, all);
      return "";
    },
    release(element) {
      held.delete(element);
      for (const part of parts) taken.get(element)?.delete(part);
    },
    back: () =>
      [...held].reverse().map(([element, { apply, undo }]) => ({
        element,
        act: { apply: undo, undo: () => held.has(element) && apply() }, // or all was denied, in the midst of it
        paintsOnly: isPaint,
      })),
    has: (element) => held.has(element),
    size: () => held.size,
  };
  return grip;
}
