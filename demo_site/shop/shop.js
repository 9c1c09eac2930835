/** The shop's own script. Nothing is sold: the order ends in a dialog that says so. */

import { tell } from "../tell.js";

const PRICE = 68;

const form = /** @type {HTMLFormElement} */ (document.querySelector(".buy-box"));
const thanks = /** @type {HTMLDialogElement} */ (document.querySelector(".thanks"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  thanks.showModal();
  tell("goal", "purchase", PRICE);
});
