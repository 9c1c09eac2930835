/** Show these words instead of the content. They are text, never markup. */

import { CONTENT, changeContent } from "./content.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create: (element, /** @type {{text: string}} */ { text }) => changeContent(element, () => new Text(text)),
  parts: () => CONTENT,
};
