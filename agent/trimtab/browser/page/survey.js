/** The survey: what today's report asks, if only the visitor can know it. Each device is asked each question once. */

import { ASKED, recall, store } from "./storage.js";

/**
 * @param {string} question
 * @param {() => Promise<typeof import("../panel/survey/survey.js")>} load the script that asks
 * @param {import("./scope.js").Scope} scope ends with the consent to share
 */
export async function conductSurvey(question, load, scope) {
  const before = recall(ASKED)?.split(" ") ?? [];
  if (before.includes(question)) return;
  const { openSurvey } = await load();
  if (scope.signal.aborted) return;
  const close = openSurvey({
    question,
    seen: scope.guarded(() => void store(ASKED, [...before, question].join(" "))),
    rate: scope.guarded((rating) => window.trimtab?.event(question, rating)),
  });
  scope.onEnd(close);
}
