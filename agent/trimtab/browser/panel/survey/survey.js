/**
 * The survey: one question with five answers, where the page has a place for it, `<trimtab-survey>`. A script of its own,
 * loaded when today's report of this device is about a rating. What the visitor answers is an event of that name.
 */

import { button, element } from "../element.js";
import { fill } from "../words.js";
import { STYLE } from "./style.js";
import { wordsFor } from "./words.js";

const NAME = "trimtab-survey";
/** What a place asks that does not say what. */
const QUESTION = "satisfaction";
const RATINGS = [1, 2, 3, 4, 5];
/** With this share of it in view it counts as asked. */
const SEEN = 0.5;

/**
 * @typedef {object} Asking
 * @property {string} question
 * @property {() => void} seen The visitor can see it.
 * @property {(rating: number) => void} rate The visitor has answered.
 */

/** What is to be asked, until it is answered or waved away. @type {Asking | null} */
let asking = null;
/** Where it is asked; in one place only. @type {Survey | null} */
let asked = null;

class Survey extends HTMLElement {
  /** @type {IntersectionObserver | null} */
  #watch = null;

  connectedCallback() {
    this.wait();
  }

  disconnectedCallback() {
    this.close();
  }

  /** For a moment at which it moves nothing that the visitor sees. */
  wait() {
    if (!asking || (this.getAttribute("question") || QUESTION) !== asking.question) return;
    this.#watch ??= new IntersectionObserver((entries) => this.#look(entries), { threshold: [0, SEEN] });
    this.#watch.observe(this);
  }

  close() {
    this.#watch?.disconnect();
    this.#watch = null;
    if (asked !== this) return;
    asked = null;
    this.#fill();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #look(entries) {
    if (!asking) return;
    if (!asked) this.#open();
    if (asked === this && entries.some(({ intersectionRatio }) => intersectionRatio >= SEEN)) asking.seen();
  }

  /** Below the view, or where the page has kept room for it; else it is gone again before anybody has seen it. */
  #open() {
    const { top, height } = this.getBoundingClientRect();
    this.#fill(form(wordsFor(this), (rating) => this.#answer(rating), () => this.#wave()));
    if (top < innerHeight && this.getBoundingClientRect().height !== height) this.#fill();
    else asked = this;
  }

  /** @param {HTMLElement[]} content */
  #fill(...content) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = content.length ? [style] : [];
    root.replaceChildren(...content);
  }

  /** @param {number} rating */
  #answer(rating) {
    asking?.rate(rating);
    asking = null;
    const box = /** @type {HTMLElement} */ (this.shadowRoot?.firstElementChild);
    box.style.minBlockSize = `${box.getBoundingClientRect().height}px`; // what is below stays where it is
    const thanks = element("p", { tabindex: "-1" }, wordsFor(this).thanks);
    box.replaceChildren(thanks);
    thanks.focus({ preventScroll: true }); // which was on a button that is gone
  }

  #wave() {
    asking = null;
    this.close();
  }
}

/**
 * @param {import("./words.js").Words} words
 * @param {(rating: number) => void} answer
 * @param {() => void} wave
 */
function form(words, answer, wave) {
  const close = button("×", wave, { class: "close", "aria-label": words.close, title: words.close });
  const ends = [words.low, ...RATINGS.slice(1, -1).map(() => ""), words.high];
  const buttons = RATINGS.map((rating, at) => {
    const said = [fill(words.rating, { rating }), ends[at]].filter(Boolean).join(", ");
    return button(String(rating), () => answer(rating), { "aria-label": said });
  });
  const box = element(
    "div",
    { role: "group", "aria-labelledby": "question", "aria-describedby": "note", lang: words.lang },
    element("header", {}, element("p", { id: "question" }, words.question), close),
    element("div", { class: "scale" }, ...buttons),
    element("div", { class: "ends", "aria-hidden": "true" }, element("span", {}, words.low), element("span", {}, words.high)),
    element("small", { id: "note" }, words.note),
  );
  box.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") wave();
  });
  return box;
}

if (!customElements.get(NAME)) customElements.define(NAME, Survey);

/** @param {(place: Survey) => void} work */
function eachPlace(work) {
  for (const place of document.querySelectorAll(NAME)) if (place instanceof Survey) work(place);
}

/**
 * Asks in the first place that can, also one that comes later.
 * @param {Asking} next
 * @returns {() => void} the end of it, in this very task
 */
export function openSurvey(next) {
  asking = next;
  eachPlace((place) => place.wait());
  return () => {
    asking = null;
    eachPlace((place) => place.close());
  };
}
