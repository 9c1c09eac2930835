/** What the tests in a real document use: `test`, comparing, and an applier of its own. Each test runs in a page of its own. */

import { createApplier } from "/page/applier.js";
import { createScope } from "/page/scope.js";

export const tests = new Map();

/** @param {string} name @param {() => unknown} work */
export const test = (name, work) => tests.set(name, work);

export function equal(actual, expected) {
  const [was, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (was !== wanted) throw new Error(`is ${was}, not ${wanted}`);
}

export function same(actual, expected) {
  if (actual !== expected) throw new Error(`${String(actual)} is not the very same as ${String(expected)}`);
}

/** Puts this into the page and gives its first element. */
export function show(html) {
  document.body.innerHTML = html;
  return document.body.firstElementChild;
}

/** An applier with one adjustment of what matches the selector, and what it says. */
export function begin(selector, what) {
  const states = [];
  const errors = [];
  const counts = { reversed: 0, given_up: 0, shifted: 0 };
  const scope = createScope((error) => errors.push(String(error)));
  const applier = createApplier(
    { targets: [{ name: "t", selector }], adjustments: [{ name: "a", target: 0, do: what }] },
    () => {},
    {
      adjust: (_, state, reason) => states.push(reason ? `${state}: ${reason}` : state),
      count: (kind) => (counts[kind] += 1),
    },
    scope,
  );
  const obey = (verb) => applier.obey([[verb, 0]]);
  return { applier, obey, states, errors, counts, scope };
}

/** A real click of the visitor's: what a script clicks is none. Then the mouse goes away. @param {string} selector */
export function press(selector) {
  if (!("pressFor" in window)) throw new Error("it presses with a real mouse");
  return window.pressFor(selector);
}

/** Until layout, observers and what waits for them have had their turn. */
export async function frames(count = 3) {
  for (; count > 0; count -= 1) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** Until something is so that comes by itself. */
export async function until(isSo) {
  for (const end = performance.now() + 10_000; !isSo(); await frames(1)) {
    if (performance.now() > end) throw new Error(`it never came: ${isSo}`);
  }
}
