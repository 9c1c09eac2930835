/** The web component: a dialog in a shadow root. The browser keeps the focus inside, closes on Escape, and gives it back. */

import { changedSection } from "./changed.js";
import { choiceSection } from "./choice.js";
import { button, element, say } from "./element.js";
import { noticedSection } from "./noticed.js";
import { sharedSection } from "./shared.js";
import { STYLE } from "./style.js";

/** What may have changed without a word from trimtab: the true answer, mostly. Only while somebody looks. */
const LOOK_EVERY_MS = 2000;

/**
 * @typedef {object} View What the sections show.
 * @property {import("../trimtab.js").TrimtabStatus} status
 * @property {readonly import("../trimtab.js").TrimtabLogEntry[]} log
 * @property {import("../trimtab.js").TrimtabReport} report
 *
 * @typedef {object} Desk What the sections work with.
 * @property {import("../trimtab.js").Trimtab} trimtab
 * @property {import("./words.js").Words} words
 * @property {(words: string) => void} tell Said once, politely; then everything is looked at again.
 *
 * @typedef {{root: HTMLElement, update: (view: View) => void}} Section
 */

export class Sheet extends HTMLElement {
  /**
   * @param {import("../trimtab.js").Trimtab} trimtab
   * @param {import("./words.js").Words} words
   */
  async show(trimtab, words) {
    this.lang = words.lang;
    const root = this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];

    const live = element("p", { class: "live", role: "status" });
    /** @type {Desk} */
    const desk = {
      trimtab,
      words,
      tell(said) {
        say(live, said);
        void look();
      },
    };
    const sections = [noticedSection, changedSection, sharedSection, choiceSection].map((make) => make(desk));
    const dialog = element(
      "dialog",
      { "aria-labelledby": "title" },
      head(words, () => dialog.close()),
      ...sections.map((section) => section.root),
      foot(desk),
      live,
    );
    root.append(dialog);

    async function look() {
      const view = { status: trimtab.status(), log: trimtab.log(), report: await trimtab.report() };
      for (const section of sections) section.update(view);
    }
    await look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    dialog.addEventListener("close", () => {
      clearInterval(timer);
      this.remove();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // the backdrop: everything else is inside of something
    });
    dialog.showModal();
    dialog.querySelector("h2")?.focus();
  }
}

/** @param {import("./words.js").Words} words @param {() => void} close */
function head(words, close) {
  const cross = button("×", close, { class: "close", "aria-label": words.close, title: words.close });
  const title = element("h2", { id: "title", tabindex: "-1" }, words.title);
  return element("header", {}, element("div", {}, title, element("p", {}, words.intro)), cross);
}

/** @param {Desk} desk */
function foot({ trimtab, words, tell }) {
  const undo = button(words.undoAll, () => {
    trimtab.undo();
    tell(words.saidUndoneAll);
  });
  const off = button(words.off, () => {
    trimtab.off();
    tell(words.saidIsOff);
  });
  return element("footer", {}, undo, off);
}
