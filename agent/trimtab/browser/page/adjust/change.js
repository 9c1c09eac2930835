/** One change of one element, by kind. The closed list: what is not in `kinds.js` cannot be done to a page. */

import { KINDS } from "./kinds.js";

/**
 * @typedef {object} Change May be done and undone any number of times.
 * @property {() => void} apply Done twice is done once; where the page has displaced what we put, it is put again.
 * @property {() => void} undo Gives back what the page would show by now if `apply` had never run.
 * @property {() => string} [unseen] Right after the first `apply`: why nothing of it shows, or "".
 * @property {() => boolean} holds Whether the element still shows what `apply` has put there.
 *
 * @typedef {import("../messages.js").Do} Do
 *
 * @typedef {object} Kind One file each. `apply` and `undo` of what it creates are called in turns, `apply` first.
 * @property {(element: Element, what: any, dismiss: () => void) => Change | string} create The reason, if this
 *   element cannot be changed so. `dismiss`: the visitor has taken it back.
 * @property {(what: any) => string[]} parts What it takes of an element for itself, each in a word.
 * @property {boolean} [paintsOnly] It is drawn otherwise where it is, and so is all in it: nothing moves that the Layout
 *   Instability API would count.
 * @property {(what: any) => Early} [early] For those that the script in the head can do.
 *
 * @typedef {object} Early Parts of `Changes` in shown.js.
 * @property {string} [name]
 * @property {string} [text]
 * @property {string} [block]
 * @property {string} [unless] Not where this is in it.
 */

/** What nobody sees: changing it could only run, load or break something. */
const UNSEEN = "script, style, link, meta, base, template, head, title, noscript";

/**
 * @param {Element} element
 * @param {Do} what
 * @param {() => void} dismiss
 * @returns {Change | string} the reason, if this element cannot be changed so
 */
export function createChange(element, what, dismiss) {
  const field = fieldInTheWay(element);
  if (field) return `a field of it is called ${field}, and stands in the way`;
  if (element.matches(UNSEEN)) return `<${element.localName}> is nothing that a visitor sees`;
  let change;
  try {
    change = kindOf(what)?.create(element, what, dismiss);
  } catch (error) {
    return told(error);
  }
  if (!change) return `this tag knows no adjustment of kind ${JSON.stringify(what.kind)}`;
  return typeof change === "string" ? change : inTurns(change);
}

/**
 * Fields of a form hide what every element has by the same name: `children` of a booking, `style` of a shop.
 * @param {Element} element
 * @returns {string | undefined} the first of those that we may need
 */
function fieldInTheWay(element) {
  if (!(element instanceof HTMLFormElement)) return undefined;
  const [plain, odd] = /** @type {any[]} */ ([document.createElement("form"), element]);
  const names = ["style"];
  for (const name in Element.prototype) names.push(name);
  return names.find((name) => Object.hasOwn(odd, name) && typeof odd[name] === "object" && typeof plain[name] !== "string");
}

/**
 * The parts of an element that a change takes for itself; two adjustments never hold the same part of one element.
 * @param {Do} what
 * @returns {string[]}
 */
export const partsOf = (what) => kindOf(what)?.parts(what) ?? [];

/** @param {Do} what */
export const paintsOnly = (what) => kindOf(what)?.paintsOnly === true;

/** @param {Do} what @returns {Kind | undefined} */
const kindOf = ({ kind }) => (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined);

/** @param {unknown} error */
const told = (error) => `it failed: ${error}`;

/**
 * @param {Change} change
 * @returns {Change}
 */
function inTurns(change) {
  let on = false;
  let failed = "";
  return {
    ...change,
    apply() {
      if (on && change.holds()) return;
      if (on) change.undo(); // what the page has put meanwhile is its own from now on
      on = true;
      try {
        change.apply();
      } catch (error) {
        failed = told(error); // one element, or an odd page, is no reason to stop the others
      }
    },
    unseen: () => failed || change.unseen?.() || "",
    undo() {
      if (!on) return;
      on = false; // before it: who is told of it may deny everything, and all is undone once more
      change.undo();
    },
    holds: () => on && change.holds(),
  };
}
