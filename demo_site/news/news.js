/** The paper's own script: the reader has come to the end of the story. */

import { tell } from "../tell.js";

const end = /** @type {HTMLElement} */ (document.querySelector(".end"));

const observer = new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  tell("goal", "article-read");
});
observer.observe(end);
