/** Whether anything visible moves, on pages of thousands of elements. */

import { doneStill } from "/page/still.js";
import { equal, show, test } from "./harness.js";

const ROWS = 5000;
const crowd = () => {
  show(`<main>${'<p style="height:40px;margin:0">row</p> '.repeat(ROWS)}</main>`);
  return document.querySelectorAll("p");
};
const taller = (element) => ({
  element,
  act: { apply: () => (element.style.height = "90px"), undo: () => (element.style.height = "40px") },
});

const shrinking = (element) => ({
  element,
  act: { apply: () => (element.style.height = "40px"), undo: () => (element.style.height = `${5 * innerHeight}px`) },
});

/** How often a place is asked for. */
function looksOf(work) {
  const { getBoundingClientRect } = Element.prototype;
  let looks = 0;
  Element.prototype.getBoundingClientRect = function look() {
    looks += 1;
    return getBoundingClientRect.call(this);
  };
  work();
  Element.prototype.getBoundingClientRect = getBoundingClientRect;
  return looks;
}

test("of a crowd only what is near the window is looked at, and what moves in it is found", () => {
  const rows = crowd();
  const done = {};
  const looks = looksOf(() => {
    done.first = doneStill([taller(rows[0])]);
    done.below = doneStill([taller(rows[ROWS - 1])]);
    scrollTo(0, 40 * 2500);
    done.seen = doneStill([taller(rows[2503])]);
    done.further = doneStill([taller(rows[2700])]);
  });
  equal(done, { first: false, below: true, seen: false, further: true });
  equal(looks < ROWS / 2, true);
});

test("a crowd that no pointer meets is looked at as a whole", () => {
  const rows = crowd();
  document.querySelector("main").style.pointerEvents = "none";
  equal([doneStill([taller(rows[0])]), doneStill([taller(rows[ROWS - 1])])], [false, true]);
});

test("what comes into the window because something tall shrinks has moved, however far down it was", () => {
  show(`<main><article style="height:${5 * innerHeight}px">tall</article></main><section style="height:300px">after</section>`);
  equal(doneStill([shrinking(document.querySelector("article"))]), false);
});

test("it is found in a slot, and in what has no room of its own", () => {
  const tall = `<article style="height:${5 * innerHeight}px">tall</article>`;
  show(`${tall}<div style="display:contents"><section style="height:300px">after</section></div>`);
  equal(doneStill([shrinking(document.querySelector("article"))]), false);
  const host = show(`<div>${tall}</div>`);
  host.attachShadow({ mode: "open" }).innerHTML = "<slot></slot><section style='height:300px'>after</section>";
  equal(doneStill([shrinking(host.querySelector("article"))]), false);
});

test("of rows that are hidden few are looked at", () => {
  const rows = "<p class=t style='height:40px;margin:0'>row</p>".repeat(500);
  show(`<main>${rows}${"<p hidden>hidden</p>".repeat(3000)}</main>`);
  const looks = looksOf(() => doneStill([...document.querySelectorAll(".t")].map(taller)));
  equal(looks < 2500, true);
});
