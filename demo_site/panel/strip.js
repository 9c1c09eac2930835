/** The strip at the foot of a demo page: what trimtab noticed, decided and changed, and a button for its own panel. */

import { element } from "./element.js";
import { changedWords, decidedWords, noticedWords } from "./words.js";
import { trimtab } from "../tell.js";

const LOOK_EVERY_MS = 500;

/** @returns {{root: HTMLElement, focus: () => void}} */
export function strip() {
  const noticed = cell("Noticed");
  const decided = cell("Decided");
  const changed = cell("Changed");
  const why = element("button", { type: "button", class: "panel-button", "aria-haspopup": "dialog" }, "Why?");
  const opener = document.createElement("trimtab-panel"); // this is all that a site needs for a button
  opener.append(why);

  function look() {
    const now = trimtab()?.status();
    say(noticed, noticedWords(now));
    say(decided, decidedWords(trimtab()?.log() ?? []));
    say(changed, changedWords(now));
  }
  look();
  setInterval(look, LOOK_EVERY_MS);

  const cells = [noticed, decided, changed].map(({ root }) => root);
  const root = element("div", { class: "panel-line" }, element("dl", { class: "panel-cells" }, ...cells), opener);
  return { root, focus: () => why.focus() };
}

/** @param {string} label */
function cell(label) {
  const value = element("dd");
  return { root: element("div", {}, element("dt", {}, label), value), value };
}

/** @param {{value: HTMLElement}} where @param {string} words */
function say({ value }, words) {
  if (value.textContent === words) return;
  value.textContent = words;
  value.title = words; // what does not fit can still be read
}
