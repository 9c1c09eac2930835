/** How often a runtime has failed here today: on a device where it keeps failing, it stays off until tomorrow. */

import { today } from "./clock.js";
import { FAILED, recall, store } from "./storage.js";

const MOST = 3;
/** On this page, whatever may be stored. */
let here = 0;

/** @param {boolean} remember whether the visitor permits to read and write it */
function count(remember) {
  const [day, number] = ((remember && recall(FAILED)) || "").split(":").map(Number);
  return Math.max(here, day === today() ? number || 0 : 0);
}

/** @param {boolean} remember */
export const failsHere = (remember) => count(remember) >= MOST;

/** @param {boolean} remember */
export function noteFailure(remember) {
  here = count(remember) + 1;
  if (remember) store(FAILED, `${today()}:${here}`);
}
