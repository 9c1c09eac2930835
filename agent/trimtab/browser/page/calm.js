/** No layout shift: each step is done now if nothing visible moves by it, or left for a safe moment. */

import { doneStill } from "./still.js";

/** Steps in the window are tried one by one; each try costs two layouts, so there is an end to it, below a long task. */
const MAX_TRIES = 12;
const MAX_TRYING_MS = 25;

/**
 * @typedef {{element: Element, act: import("./still.js").Act}} CalmStep
 */

/**
 * Runs inside an animation frame.
 * @param {CalmStep[]} steps
 * @param {(element: Element) => boolean} touched Whether an input on it a moment ago excuses any movement.
 * @returns {CalmStep[]} the steps that are done; what is missing has to wait
 */
export function inCalm(steps, touched) {
  /** @type {CalmStep[]} */
  const done = [];
  /** @type {CalmStep[]} */
  const below = [];
  /** @type {CalmStep[]} */
  const near = [];
  /** @type {CalmStep[]} */
  const inWindow = [];
  for (const step of steps) {
    const { top, bottom } = step.element.getBoundingClientRect();
    if (touched(step.element)) done.push(step);
    else if (top >= innerHeight) below.push(step);
    else near.push(step);
    if (bottom > 0 && top < innerHeight) inWindow.push(step);
  }

  for (const step of done) step.act.apply();
  if (below.length && doneStill(below)) done.push(...below);
  if (near.length && doneStill(near)) return [...done, ...near];
  return near.length > 1 ? [...done, ...oneByOne(inWindow.filter((step) => near.includes(step)))] : done;
}

/**
 * From the last one on: the further down in the window, the less there is below it to move.
 * @param {CalmStep[]} steps
 * @returns {CalmStep[]} those that are done
 */
function oneByOne(steps) {
  const start = performance.now();
  return steps.reverse().slice(0, MAX_TRIES).filter((step) => performance.now() - start < MAX_TRYING_MS && doneStill([step]));
}
