/** What the tests in a real document use: `test`, and comparing. Each test runs in a page of its own. */

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

/** A real click of the visitor's: what a script clicks is none. Then the mouse goes away. @param {string} selector */
export const press = (selector) => window.pressFor(selector);

/** Until layout, observers and what waits for them have had their turn. */
export async function frames(count = 3) {
  for (; count > 0; count -= 1) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
