/** Properties of the list below, over whatever the page's own styles say (but for `!important`). */

import { layOver } from "./overlay.js";

/** What neither hides nor moves anything out of its place. The same as in `adjust/styles.py`. */
const PROPERTIES =
  /^(font-(family|size|style|weight)|line-height|(letter|word)-spacing|text-(align|decoration-line|indent|transform|wrap)|hyphens|((accent|background)-)?color|outline-(color|offset|style|width)|(margin|padding)-(bottom|left|right|top)|(column|row)-gap|((max|min)-)?(height|width)|border-(bottom|left|right|top)-(color|style|width)|border-(bottom|top)-(left|right)-radius|column-(count|width)|object-(fit|position)|aspect-ratio)$/;
const VALUE = /^(?!.*\/\*)[\w #%.,+*\/()-]{1,100}$/;
const CALL = /([\w-]*)\(/g;
const CALLS =
  /^(calc|min|max|clamp|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|var|fit-content|)$/;

/**
 * @param {string} name
 * @param {string} value
 * @returns {string} why it is refused, or "" if it is safe
 */
export function refusedStyle(name, value) {
  if (!PROPERTIES.test(name)) return `${name} is not on the list of styles`;
  const safe = VALUE.test(value) && [...value.matchAll(CALL)].every(([, call]) => CALLS.test(call));
  return safe ? "" : `${name}: ${value} is no plain value`;
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{style: Record<string, string>}} */ { style }) {
    /** @type {PropertyIndexedKeyframes} */
    const look = {};
    for (const [name, value] of Object.entries(style)) {
      const refused = refusedStyle(name, value);
      if (refused) return refused;
      if (!CSS.supports(name, value)) return `this browser knows no ${name}: ${value}`;
      look[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = value;
    }
    return layOver(element, Object.keys(style), () => look);
  },
  parts: (/** @type {{style: object}} */ { style }) => Object.keys(style).map((name) => `style ${name}`),
};
