/**
 * Google consent mode: it cannot be asked, so the commands that a page pushes to `dataLayer` are watched.
 * https://developers.google.com/tag-platform/security/guides/consent
 */

import { hearLayer } from "../layer.js";

/**
 * An update is the visitor's. A default is the site's: a yes counts if it is for everybody, a no is no word yet.
 * @type {import("./sources.js").Source}
 */
export function watchGoogle(needs, say, scope) {
  /** @type {Map<unknown, boolean>} */
  const updated = new Map();
  /** @type {Map<unknown, boolean>} */
  const presumed = new Map();

  /** @param {any} entry what was pushed: of gtag the arguments of its call */
  function learn(entry) {
    if (entry?.[0] !== "consent" || (entry[1] !== "default" && entry[1] !== "update")) return null;
    const { region, ...types } = entry[2];
    for (const [type, word] of Object.entries(types)) {
      const granted = word === "granted";
      if (entry[1] === "update") updated.set(type, granted);
      // Nobody tells us where the visitor is: what is presumed for some regions grants nothing, and may be a no to all.
      else if (!granted || !region) presumed.set(type, granted && presumed.get(type) !== false);
    }
    return words();
  }

  function words() {
    /** @type {import("../consent.js").Words} */
    const said = {};
    for (const [capability, types] of Object.entries(needs)) {
      const yes = types.every((type) => updated.get(type) ?? presumed.get(type));
      const no = types.some((type) => updated.get(type) === false);
      if (yes || no) said[/** @type {"share"} */ (capability)] = yes;
    }
    return said;
  }

  hearLayer((entry) => say(() => learn(entry)), scope);
}
