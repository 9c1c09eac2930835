/** What would be shared next: the answer before the noise and after it, and what the budget leaves. */

import { element, say } from "./element.js";
import { section } from "./section.js";
import { called, fill, vetoOf } from "./words.js";

const DAY_MS = 86_400_000;

/** @typedef {import("../trimtab.js").TrimtabReport} Report */

/** @param {import("./sheet.js").Desk} desk @returns {import("./sheet.js").Section} */
export function sharedSection({ words }) {
  const intro = element("p");
  const [truth, truthNote, told, toldNote] = [element("b"), element("small"), element("b"), element("small")];
  const answers = element(
    "dl",
    {},
    element("div", {}, element("dt", {}, words.trueAnswer), element("dd", {}, truth, truthNote)),
    element("div", {}, element("dt", {}, words.toldAnswer), element("dd", {}, told, toldNote)),
  );
  const fine = element("p", { class: "fine" });

  return {
    root: section(words.shared, "shared", intro, answers, fine),
    update({ status, report }) {
      const why = silence(words, status, report);
      answers.hidden = fine.hidden = why !== "";
      intro.className = why ? "none" : "";
      say(intro, why || introduction(words, report));
      if (why) return;
      const sent = report.told.map((answer) => called(words, answer)).join(", ");
      say(truth, report.answer === null ? words.cannotBeTold : called(words, report.answer));
      say(truthNote, words.trueNote);
      say(told, sent);
      say(toldNote, report.told.includes(report.answer ?? "") ? words.kept : words.replaced);
      say(fine, finePrint(words, report));
    },
  };
}

/**
 * Why nothing is shared; empty if something is.
 * @param {import("./words.js").Words} words
 * @param {import("../trimtab.js").TrimtabStatus} status
 * @param {Report} report
 */
function silence(words, status, report) {
  const { observe, share } = status.consent;
  if (!observe || !share) return vetoOf(words, status) || words.notSharing;
  if (report.state === "spent") return report.left?.month === 0 ? words.spentMonth : words.spentToday;
  return report.question === null ? words.askedNothing : "";
}

/** @param {import("./words.js").Words} words @param {Report} report */
function introduction(words, { state, question, answers }) {
  const all = answers.map((answer) => called(words, answer)).join(", ");
  const asked = fill(words.asked, { question: called(words, question ?? ""), answers: all });
  return state === "sent" ? `${asked} ${words.hasLeft}` : asked;
}

/** @param {import("./words.js").Words} words @param {Report} report */
function finePrint(words, { answers, told, noise, epsilon, arm, day, left }) {
  const [a, b] = noise ?? [1, 1];
  const [width, others] = [told.length, answers.length - told.length];
  const percent = Math.round((100 * width * a) / (width * a + others * b));
  return [
    fill(words.chance, { percent, epsilon: (epsilon ?? 0).toLocaleString(words.lang) }),
    fill(words.alongside, { arm: arm ?? "", day: new Date((day ?? 0) * DAY_MS).toISOString().slice(0, 10) }),
    fill(words.left, { month: left?.month ?? 0 }),
  ].join(" ");
}
