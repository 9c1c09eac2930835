/** The strip at the foot of a demo page: what trimtab noticed, decided and changed, as trimtab itself tells it. */

import { element } from "./element.js";
import { changedWords, decidedWords, noticedWords, seconds, sentence } from "./words.js";
import { trimtab } from "../tell.js";

const LOOK_EVERY_MS = 500;

/**
 * @param {() => void} onReconsider the visitor wants to choose again
 * @returns {{root: HTMLElement, focus: () => void}}
 */
export function strip(onReconsider) {
  const noticed = cell("Noticed");
  const decided = cell("Decided");
  const changed = cell("Changed");
  const why = element("button", { type: "button", class: "panel-button", "aria-expanded": "false" }, "Why?");
  const again = element("button", { type: "button", class: "panel-button" }, "Choose again");
  const list = element("ol", { class: "panel-log", tabindex: "0", "aria-label": "What trimtab decided, and why" });
  const details = element("div", { class: "panel-details", id: "panel-details", hidden: "" }, list, again);

  why.setAttribute("aria-controls", details.id);
  why.addEventListener("click", () => {
    details.hidden = !details.hidden;
    why.setAttribute("aria-expanded", String(!details.hidden));
    list.scrollTop = list.scrollHeight;
  });
  again.addEventListener("click", onReconsider);

  function look() {
    const now = trimtab()?.status();
    const log = trimtab()?.log() ?? [];
    say(noticed, noticedWords(now));
    say(decided, decidedWords(log));
    say(changed, changedWords(now));
    extend(list, log);
  }
  look();
  setInterval(look, LOOK_EVERY_MS);

  const cells = [noticed, decided, changed].map(({ root }) => root);
  const line = element("div", { class: "panel-line" }, element("dl", { class: "panel-cells" }, ...cells), why);
  return { root: element("div", { class: "panel-strip" }, line, details), focus: () => why.focus() };
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

/**
 * New entries come at the end, so that nothing that stands there moves.
 * @param {HTMLElement} list @param {readonly import("../tell.js").LogEntry[]} log
 */
function extend(list, log) {
  if (log.length < list.children.length) list.replaceChildren(); // a new start
  const fresh = log.slice(list.children.length);
  list.append(...fresh.map((entry) => element("li", {}, element("b", {}, seconds(entry.t_ms)), ` ${sentence(entry)}`)));
  if (fresh.length) list.scrollTop = list.scrollHeight;
}
