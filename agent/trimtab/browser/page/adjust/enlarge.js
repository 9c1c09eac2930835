/**
 * Show an image larger, in its own proportions and at most as wide as its container, and from the larger source that
 * `data-large` names, if the page has loaded that for everybody: to fetch it now would tell its server what was decided.
 */

import { changeAttribute } from "./attribute.js";
import { layOver } from "./overlay.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{factor: number}} */ { factor }) {
    if (!(element instanceof HTMLImageElement)) return "it is no <img>";
    if (!(element.offsetWidth * element.offsetHeight)) return "it has no size yet";
    const wider = layOver(element, ["width", "height"], () => roomFor(element, factor));
    const source = largerSource(element);
    const changes = [wider, ...source];
    return {
      apply: () => changes.forEach((change) => change.apply()),
      undo: () => changes.forEach((change) => change.undo()),
      unseen: () => (source.length ? "" : wider.unseen()),
      holds: () => changes.every((change) => change.holds()),
    };
  },
  parts: () => ["style width", "style height", "style max-width", "style aspect-ratio", "attribute src", "attribute srcset"],
};

/**
 * Reserved at once, whatever is still to load.
 * @param {HTMLImageElement} image
 * @param {number} factor
 * @returns {PropertyIndexedKeyframes}
 */
function roomFor(image, factor) {
  const [width, height] = ["width", "height"].map((name) => Number.parseFloat(getComputedStyle(image).getPropertyValue(name)));
  return { width: `${width * factor}px`, maxWidth: "100%", height: "auto", aspectRatio: `${width} / ${height}` };
}

/** @param {HTMLImageElement} image */
function largerSource(image) {
  const { large } = image.dataset;
  if (!large || image.parentElement?.matches("picture:has(source)")) return [];
  const address = new URL(large, document.baseURI);
  if (!/^https?:$/.test(address.protocol) || !performance.getEntriesByName(address.href, "resource").length) return [];
  return [changeAttribute(image, "srcset", null), changeAttribute(image, "src", large)];
}
