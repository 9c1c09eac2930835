/** One part of the panel, with its heading. */

import { element } from "./element.js";

/**
 * @param {string} title
 * @param {string} name
 * @param {...Node} content
 */
export function section(title, name, ...content) {
  return element("section", { "aria-labelledby": name }, element("h3", { id: name }, title), ...content);
}
