/** The front page's own script: one button that lets the visit of the two copies begin again. */

const copies = /** @type {NodeListOf<HTMLIFrameElement>} */ (document.querySelectorAll("iframe"));
const again = /** @type {HTMLButtonElement} */ (document.querySelector(".again"));

again.addEventListener("click", () => {
  localStorage.removeItem("daily-news.consent"); // so that the paper asks again
  for (const copy of copies) {
    const { trimtab } = /** @type {Window} */ (copy.contentWindow);
    trimtab?.choose?.({ observe: null, adapt: null, remember: null, share: null }); // what was chosen in the panel
    copy.contentWindow?.location.reload();
  }
});
again.hidden = false;
