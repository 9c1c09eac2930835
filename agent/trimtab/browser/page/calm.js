/** No layout shift: each step is done now if nothing visible moves by it, or left for a safe moment. */

import { doneStill } from "./still.js";

/** In the window steps are tried one by one. Each try costs two layouts: there is an end, before it is a long task. */
const MAX_TRIES = 12;
const MAX_TRYING_MS = 25;

/**
 * Runs inside an animation frame.
 * @param {import("./still.js").Step[]} steps
 * @param {(element: Element) => boolean} touched Whether an input on it a moment ago excuses any movement.
 * @returns {import("./still.js").Step[]} the steps that are done; what is missing has to wait
 */
export function inCalm(steps, touched) {
  /** @type {import("./still.js").Step[]} */
  const done = [];
  /** @type {import("./still.js").Step[]} */
  const below = [];
  /** @type {import("./still.js").Step[]} */
  const near = [];
  for (const step of steps) {
    if (touched(step.element)) done.push(step);
    else (step.element.getBoundingClientRect().top >= innerHeight ? below : near).push(step);
  }

  for (const step of done) step.act.apply();
  if (below.length && doneStill(below)) done.push(...below);
  if (near.length && doneStill(near)) return [...done, ...near];
  return near.length > 1 ? [...done, ...oneByOne(near.filter(isInWindow))] : done;
}

/** @param {import("./still.js").Step} step of what is not below it */
const isInWindow = ({ element }) => element.getBoundingClientRect().bottom > 0;

/**
 * From the last one on: the further down in the window, the less there is below it to move.
 * @param {import("./still.js").Step[]} steps
 * @returns {import("./still.js").Step[]} those that are done
 */
function oneByOne(steps) {
  const start = performance.now();
  const tried = steps.reverse().slice(0, MAX_TRIES);
  return tried.filter((step) => performance.now() - start < MAX_TRYING_MS && doneStill([step]));
}
