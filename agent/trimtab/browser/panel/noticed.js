/** What was noticed: the segments that the visitor is in, and the numbers that say so. */

import { element, say } from "./element.js";
import { called, numbers } from "./words.js";
import { section } from "./section.js";

/** @param {import("./sheet.js").Desk} desk @returns {import("./sheet.js").Section} */
export function noticedSection({ words }) {
  const none = element("p", { class: "none" });
  const list = element("ul");

  /** @param {import("./sheet.js").View} view */
  function silence({ status }) {
    if (status.state === "running") return words.nothingNoticed;
    if (status.state !== "off") return words.notRunning;
    return status.why === "switched off" ? words.isOff : words.notAllowed;
  }

  return {
    root: section(words.noticed, "noticed", none, list),
    update(view) {
      const { segments } = view.status;
      const told = segments.map((segment) => {
        const entry = view.log.findLast((each) => "segment" in each && each.segment === segment && each.entered);
        return [called(words, segment), numbers(words, entry?.because ?? "")];
      });
      say(none, told.length ? "" : silence(view));
      none.hidden = told.length > 0;
      if (list.textContent === told.flat().join("")) return;
      list.replaceChildren(
        ...told.map(([name, because]) => element("li", {}, element("b", {}, name), element("small", {}, because))),
      );
    },
  };
}
