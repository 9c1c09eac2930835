/** The site's own consent bar. The site remembers the choice under its own key; trimtab is only told. */

import { element } from "./element.js";
import { tell } from "../tell.js";

/** @typedef {"no" | "here" | "share"} Choice */

/** @type {Record<Choice, {label: string, consent: import("../../agent/trimtab/browser/trimtab.js").TrimtabConsent}>} */
const CHOICES = {
  no: { label: "No", consent: { observe: false, adapt: false, remember: false, share: false } },
  here: { label: "Adapt", consent: { observe: true, adapt: true, remember: true, share: false } },
  share: { label: "Adapt and share", consent: { observe: true, adapt: true, remember: true, share: true } },
};

const QUESTION = "May this page adapt to you?";
const EXPLANATION =
  "It would notice how you scroll, read and click, and change small things. That is decided on this device. " +
  "Sharing sends one answer a day, which chance may have changed.";

/**
 * @param {string} key under which the site keeps the choice
 * @returns {Choice | null} what was chosen on an earlier page
 */
export function keptChoice(key) {
  const kept = localStorage.getItem(key);
  return kept && kept in CHOICES ? /** @type {Choice} */ (kept) : null;
}

/** @param {Choice} choice */
export function pass(choice) {
  tell("consent", CHOICES[choice].consent);
}

/**
 * The bar. Every answer is one press away, and none is pressed in advance.
 * @param {string} key
 * @param {(choice: Choice) => void} onChoice
 * @returns {HTMLElement}
 */
export function consentBar(key, onChoice) {
  const buttons = Object.entries(CHOICES).map(([name, { label }]) => {
    const button = element("button", { type: "button", class: "panel-button" }, label);
    button.addEventListener("click", () => {
      const choice = /** @type {Choice} */ (name);
      localStorage.setItem(key, choice);
      pass(choice);
      onChoice(choice);
    });
    return button;
  });
  return element(
    "div",
    { class: "panel-consent" },
    element("p", {}, element("strong", {}, QUESTION), ` ${EXPLANATION}`),
    element("div", { class: "panel-buttons" }, ...buttons),
  );
}
