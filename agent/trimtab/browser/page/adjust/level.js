/** Say how hard something shall be: as `data-level` for the site's styles, and as an event for its script. */

import { changeAttribute } from "./attribute.js";

const NAME = "data-level";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{level: string}} */ { level }) {
    const change = changeAttribute(element, NAME, level);
    const tell = () =>
      element.dispatchEvent(
        new CustomEvent("trimtab:level", { bubbles: true, detail: { level: element.getAttribute(NAME) } }),
      );
    return {
      apply() {
        change.apply();
        tell();
      },
      undo() {
        change.undo();
        tell();
      },
      holds: change.holds,
    };
  },
  parts: () => [`attribute ${NAME}`],
};
