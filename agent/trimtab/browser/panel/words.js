/** Which words the panel speaks: the site's own, else those of the page's language, else English. */

import { DE } from "./words/de.js";
import { EN } from "./words/en.js";

/**
 * @typedef {import("../trimtab.js").TrimtabPanelWords} Given
 * @typedef {typeof EN & {lang: string}} Words
 */

/** @type {Record<string, Given>} */
const LANGUAGES = { de: DE };

/**
 * @param {string} language as in `<html lang>`
 * @param {Given} given
 * @returns {Words}
 */
export function wordsFor(language, given) {
  const lang = (given.lang || language).toLowerCase().split("-")[0];
  const known = LANGUAGES[lang] ?? {};
  return {
    ...EN,
    ...known,
    ...given,
    lang: given.lang || (known === DE ? lang : "en"),
    story: { ...known.story, ...given.story },
    names: { ...given.names },
  };
}

/**
 * What keeps this browser from sharing, whatever anybody chooses; empty: nothing.
 * @param {Words} words
 * @param {import("../trimtab.js").TrimtabStatus} status
 */
export function vetoOf(words, { sharing }) {
  if (sharing === "gpc") return words.shareDenied;
  return sharing === "webdriver" ? words.shareProgram : "";
}

/**
 * Puts values into a sentence: `{name}`.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * What something that the policy names is called.
 * @param {Words} words @param {string} name
 */
export const called = (words, name) => words.names[name] ?? name.replace(/[-_]/g, " ");

/**
 * What was compared, with the point that this language writes its numbers with.
 * @param {Words} words @param {string} because
 */
export const numbers = ({ story }, because) => because.replace(/(\d)\.(?=\d)/g, (_, digit) => digit + (story.point ?? "."));
