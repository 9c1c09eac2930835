/**
 * The panel: what a visitor may see and decide. A script of its own, loaded when somebody asks for it. It knows no
 * more than every script of the page does: `window.trimtab`.
 */

import { Sheet } from "./sheet.js";
import { wordsFor } from "./words.js";

const NAME = "trimtab-sheet";

if (!customElements.get(NAME)) customElements.define(NAME, Sheet);

/**
 * Shows the panel. Resolves when it stands there.
 * @param {import("../trimtab.js").Trimtab} trimtab
 * @param {unknown} given the site's own words, or the element whose JSON holds them
 */
export async function open(trimtab, given) {
  const there = document.querySelector(NAME);
  if (there instanceof Sheet) return;
  const sheet = /** @type {Sheet} */ (document.createElement(NAME));
  document.body.append(sheet);
  await sheet.show(trimtab, wordsFor(document.documentElement.lang, read(given)));
}

/** @param {unknown} given @returns {import("../trimtab.js").TrimtabPanelWords} */
function read(given) {
  const said = given instanceof Element ? JSON.parse(given.querySelector("script")?.textContent || "{}") : given;
  return said && typeof said === "object" ? said : {};
}
