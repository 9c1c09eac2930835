/** Show these words instead of the content. They are text, never markup. */

import { CONTENT, changeContent } from "./content.js";
import { STATEFUL } from "./stateful.js";

/** What shows something else than the nodes in it. */
const OWN = "iframe, object, embed, img, input, textarea, select, video, audio, canvas, progress, meter, br, hr, option";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create: (element, /** @type {{text: string}} */ { text }) =>
    element.matches(OWN)
      ? `<${element.localName}> has no text of its own`
      : changeContent(element, () => new Text(text)),
  parts: () => CONTENT,
  early: (/** @type {{text: string}} */ { text }) => ({ text, unless: STATEFUL }),
};
