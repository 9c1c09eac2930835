/**
 * What has failed here today. On a device where runtimes keep failing all stay off until tomorrow; one that has fallen is
 * not tried again until then, or until there is another build.
 *
 * @typedef {Pick<import("./messages.js").Config, "worker" | "runtimes">} Build `worker`: its name says which build it is.
 */

import { today } from "./clock.js";
import { FAILED, recall, store } from "./storage.js";

const MOST = 3;
/** On this page, whatever may be stored: how often, and the lightest runtime that has not fallen. */
let here = { times: 0, first: 0 };

/**
 * @param {Build} build
 * @param {boolean} remember whether the visitor permits to read and write it
 * @returns {typeof here}
 */
function known({ worker, runtimes }, remember) {
  const [day, times, build, next] = ((remember && recall(FAILED)) || "").split(":");
  if (Number(day) !== today()) return here;
  const first = build === worker ? runtimes.findIndex((name) => name === next) : 0;
  return { times: Math.max(here.times, Number(times) || 0), first: Math.max(here.first, first) };
}

/** @param {Build} build @param {boolean} remember */
export const failsHere = (build, remember) => known(build, remember).times >= MOST;

/** @param {Build} build @param {boolean} remember @returns {number} the lightest of its runtimes that has not fallen */
export const firstHere = (build, remember) => known(build, remember).first;

/**
 * That the profiled runtime lacks a function says nothing of the device, and is not counted.
 * @param {Build} build
 * @param {boolean} remember
 * @param {import("./messages.js").RuntimeName} [next] The one that goes on.
 */
export function noteFailure(build, remember, next) {
  const { worker, runtimes } = build;
  const { times, first } = known(build, remember);
  const isProfiled = next === "lean"; // which has fallen
  here = { times: times + Number(!isProfiled), first: Math.max(first, next ? runtimes.indexOf(next) : 0) };
  if (remember) store(FAILED, `${today()}:${here.times}:${worker}:${runtimes[here.first]}`);
}
