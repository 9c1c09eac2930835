/** Which steps can be done now, and why the others wait. */

import { inCalm } from "./calm.js";
import { isToHydrate } from "./hydration.js";
import { WAITS } from "./messages.js";

/** A framework tells nobody when it is done. */
const HYDRATED_YET_MS = 500;
/** Why an element waits is one of WAITS, or this: the page keeps taking it back, and it is left alone for a while. */
export const FOUGHT = 4;

/**
 * @typedef {object} Attempt
 * @property {Map<Element, number>} before Elements that waited until now, and why.
 * @property {boolean} anew Whether it may be the moment now for what would have moved the view before.
 * @property {boolean} underPointer Whether it may be done under the mouse.
 *
 * @typedef {object} Reach
 * @property {(element: Element, underPointer: boolean) => number | undefined} inHand Whether the visitor's hands are on
 *   it: one of WAITS.
 * @property {<S extends import("./still.js").Step>(steps: S[], attempt: Attempt,
 *   objection: (element: Element) => number | undefined) => {done: S[], waits: Map<Element, number>}} doSome
 * @property {(element: Element, rests_ms: number) => number | undefined} isRaw Whether the page is not ready for it.
 */

/**
 * @param {import("./hands.js").Hands} hands
 * @param {import("./moments.js").Moments} moments
 * @param {(at_ms: number) => void} alarm
 * @returns {Reach}
 */
export function createReach(hands, moments, alarm) {
  /** @type {Reach} */
  const reach = {
    inHand(element, underPointer) {
      if (hands.focus(element)) return WAITS.focus;
      if (underPointer) return undefined;
      // A click on an element is a moment for it, although the mouse is there; a key pressed in it is none.
      const isOn = hands.press(element) || (!moments.touched(element) && hands.pointAt(element));
      return isOn ? WAITS.pointer : undefined;
    },
    isRaw(element, rests_ms) {
      const now_ms = performance.now();
      if (rests_ms > now_ms) {
        alarm(rests_ms);
        return FOUGHT;
      }
      if (!isToHydrate(element, now_ms)) return undefined;
      alarm(now_ms + HYDRATED_YET_MS);
      return WAITS.hydration;
    },
    doSome(steps, { before, anew, underPointer }, objection) {
      /** @type {Map<Element, number>} */
      const waits = new Map();
      for (const { element } of steps) {
        const moved = !anew && before.get(element) === WAITS.layout ? WAITS.layout : undefined;
        const why = reach.inHand(element, underPointer) ?? objection(element) ?? moved;
        if (why !== undefined) waits.set(element, why);
      }
      const free = steps.filter(({ element }) => !waits.has(element));
      const done = new Set(inCalm(free, moments.touched));
      for (const step of free) if (!done.has(step)) waits.set(step.element, WAITS.layout);
      return { done: free.filter((step) => done.has(step)), waits };
    },
  };
  return reach;
}
