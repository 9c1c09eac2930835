/** The course's own script: checks answers, and tells trimtab what happened, never what was answered. */

import { tell } from "../tell.js";

const exercise = /** @type {HTMLElement} */ (document.querySelector(".exercise"));
const feedback = /** @type {HTMLElement} */ (document.querySelector(".feedback"));

exercise.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const { right, wrong, answer, isStep } = read(form);
  const given = new FormData(form).get("answer");
  if (given === null) return say("Choose an answer first.");
  if (given !== answer) {
    say(wrong);
    return tell("event", "quiz-wrong");
  }
  say(right);
  return isStep ? tell("event", "step-solved") : tell("goal", "solved");
});

/** @param {HTMLFormElement} form */
function read(form) {
  const { right = "", wrong = "", answer = "" } = form.dataset;
  return { right, wrong, answer, isStep: "step" in form.dataset };
}

/**
 * The focus goes to what is said: it is read out, and the exercise is free to change.
 * @param {string} words
 */
function say(words) {
  feedback.textContent = words;
  feedback.focus();
}

/** When another exercise takes the place of the one before, it is where the visitor goes on. */
new MutationObserver(() => {
  if (document.activeElement !== feedback && document.activeElement !== document.body) return;
  /** @type {HTMLElement | null} */ (exercise.querySelector("h3"))?.focus();
}).observe(exercise, { childList: true });
