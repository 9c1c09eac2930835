/** What the visitor allows: four switches. Each speaks for the visitor, who comes before everybody else. */

import { element, say } from "./element.js";
import { section } from "./section.js";
import { fill, vetoOf } from "./words.js";

const CAPABILITIES = /** @type {const} */ (["observe", "adapt", "remember", "share"]);

/** @param {import("./sheet.js").Desk} desk @returns {import("./sheet.js").Section} */
export function choiceSection({ trimtab, words, tell }) {
  const switches = CAPABILITIES.map((capability) => {
    const box = element("input", { type: "checkbox", role: "switch", id: capability, "aria-describedby": `${capability}-note` });
    const note = element("small", { id: `${capability}-note` }, words[`${capability}Note`]);
    const label = element("label", { for: capability }, words[capability]);
    box.addEventListener("change", () => {
      trimtab.choose({ [capability]: box.checked });
      tell(fill(box.checked ? words.saidOn : words.saidOff, { name: words[capability] }));
    });
    return { capability, box, note, root: element("div", { class: "switch" }, box, element("div", {}, label, note)) };
  });

  return {
    root: section(words.choice, "choice", ...switches.map(({ root }) => root)),
    update({ status }) {
      const isOff = status.state === "off" && status.why === "switched off";
      for (const { capability, box, note } of switches) {
        box.checked = status.consent[capability];
        const veto = capability === "share" ? vetoOf(words, status) : "";
        box.disabled = isOff || veto !== "" || (capability !== "observe" && !status.consent.observe);
        say(note, veto || words[`${capability}Note`]);
      }
    },
  };
}
