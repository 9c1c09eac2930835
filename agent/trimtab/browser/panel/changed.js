/** What was changed, and why: each with its story, and a way back. */

import { button, element, say } from "./element.js";
import { section } from "./section.js";
import { called, fill } from "./words.js";

/** What the governor says of a change that the visitor took back. */
const BY_VISITOR = "undone-by-visitor";

/**
 * @typedef {import("../trimtab.js").TrimtabAdjustmentStatus} Adjustment
 * @typedef {{root: HTMLElement, update: (adjustment: Adjustment, log: number) => void}} Row
 */

/** @param {import("./sheet.js").Desk} desk @returns {import("./sheet.js").Section} */
export function changedSection(desk) {
  const none = element("p", { class: "none" }, desk.words.nothingChanged);
  const list = element("ul");
  /** @type {Map<string, Row>} */
  const rows = new Map();

  return {
    root: section(desk.words.changed, "changed", none, list),
    update({ status, log }) {
      for (const adjustment of status.adjustments) {
        const { name, state } = adjustment;
        const entries = log.filter((entry) => "adjustment" in entry && entry.adjustment === name).length;
        if (!rows.has(name) && (entries || state !== "idle")) {
          const made = row(desk, name);
          rows.set(name, made);
          list.append(made.root);
        }
        rows.get(name)?.update(adjustment, entries);
      }
      none.hidden = rows.size > 0;
    },
  };
}

/** @param {import("./sheet.js").Desk} desk @param {string} adjustment @returns {Row} */
function row({ trimtab, words, tell }, adjustment) {
  const name = called(words, adjustment);
  const state = element("small");
  const story = element("p");
  const why = element("details", {}, element("summary", {}, words.why), story);
  let told = -1;
  let entries = 0;

  const names = Object.fromEntries(Object.entries(words.names).map(([key, word]) => [`name:${key}`, word]));
  names[`name:${adjustment}`] = name;
  async function tellStory() {
    if (!why.open || told === entries) return;
    told = entries;
    say(story, await trimtab.explain(adjustment, { ...words.story, ...names }));
  }
  why.addEventListener("toggle", tellStory);

  const label = `${words.undo}: ${name}`;
  const back = button(words.undo, () => {
    trimtab.undo(adjustment);
    why.querySelector("summary")?.focus(); // the button goes, and the focus must not go with it
    tell(fill(words.saidUndone, { name }));
  }, { "aria-label": label });

  return {
    root: element("li", { class: "change" }, element("div", {}, element("b", {}, name), state), back, why),
    update(now, count) {
      entries = count;
      back.hidden = now.state !== "applied" && now.state !== "deferred";
      say(state, stateWords(words, now));
      void tellStory();
    },
  };
}

/** @param {import("./words.js").Words} words @param {Adjustment} now */
function stateWords(words, { state, reason }) {
  if (state === "idle") return words.held;
  const gone = state === "undone" || state === "refused" || state === "held";
  return gone && reason === BY_VISITOR ? words.undoneByYou : words[state];
}
