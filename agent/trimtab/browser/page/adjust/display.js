/** Whether an element is displayed, whatever its page's sheets say. */

import { writeInline } from "./inline.js";

/**
 * @param {Element} element
 * @param {() => string} look The value; asked when it begins.
 * @returns {import("./change.js").Change | string}
 */
export function changeDisplay(element, look) {
  if (!(element instanceof HTMLElement) && !(element instanceof SVGElement)) return "it has no style";
  if (element.matches("html, body")) return "it is the whole page";
  if (element.matches("dialog, [popover]")) return "its page opens and closes it"; // unseen, a modal one would lock the page
  return writeInline(element, "display", look);
}

/** What two changes of it would fight over. */
export const SHOWN = ["shown"];
