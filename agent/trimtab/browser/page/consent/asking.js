/** Asking the sources that a site names, so that none of them can do harm. */

import { wordsOf } from "../consent.js";
import { createScope } from "../scope.js";

/**
 * @param {[string, import("./sources.js").Source, import("./sources.js").Needs][]} sources in their order
 * @param {import("./sources.js").Hear} hear
 * @param {() => void} mistake
 * @returns {() => void} ends it
 */
export function askEach(sources, hear, mistake) {
  const scope = createScope(() => mistake());
  for (const [name] of sources) hear(name, {}); // in this order they are heard ever after
  for (const [name, ask, needs] of sources) {
    const say = (/** @type {() => import("../consent.js").Words | null} */ read) => {
      let words;
      try {
        words = read();
      } catch {
        mistake();
        words = wordsOf(needs, () => false); // or a grant would outlive what may have been its withdrawal
      }
      if (words) hear(name, words);
    };
    scope.guarded(ask)(needs, say, scope);
  }
  return scope.end;
}
