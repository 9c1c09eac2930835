/** One change of one element, by kind. The closed list: what is not here cannot be done to a page. */

import { changeAttribute } from "./attribute.js";
import { changeClass } from "./class.js";
import { changeContent } from "./content.js";
import { variantOf } from "./variant.js";

/**
 * @typedef {object} Change May be done and undone any number of times.
 * @property {() => void} apply
 * @property {() => void} undo Gives back what the page would show by now if `apply` had never run.
 */

/**
 * @param {Element} element
 * @param {import("../messages.js").Do} what
 * @returns {Change | string} the reason, if this element cannot be changed so
 */
export function createChange(element, what) {
  switch (what.kind) {
    case "class":
      return changeClass(element, what.name);
    case "attribute":
      return changeAttribute(element, what.name, what.value);
    case "text":
      return changeContent(element, () => new Text(what.text));
    case "swap":
      return variantOf(element, what.variant);
    default:
      return `this tag knows no adjustment of kind ${JSON.stringify(/** @type {{kind: unknown}} */ (what).kind)}`;
  }
}

/**
 * The part of an element that a change takes for itself; two adjustments never hold the same part of one element.
 * @param {import("../messages.js").Do} what
 * @returns {string}
 */
export function partOf(what) {
  if (what.kind === "class" || what.kind === "attribute") return `${what.kind} ${what.name}`;
  return "content";
}
