/** Whether anything visible moves, on pages of thousands of elements. */

import { doneStill } from "/page/still.js";
import { equal, frames, show, test } from "./harness.js";

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

/** It fits its scroller while it is tried. */
const emptying = (element) => {
  const nodes = [...element.childNodes];
  return { element, act: { apply: () => element.replaceChildren("short"), undo: () => element.replaceChildren(...nodes) } };
};
const LONG = `<h1>Title</h1><article>${"<p>paragraph</p>".repeat(80)}</article><footer>end</footer>`;
const SCROLLER = "height:600px;overflow:auto;scroll-behavior:smooth";

test("what scrolls within the page is where it was after a try that is refused, or fails", () => {
  const main = show(`<main style="${SCROLLER}">${LONG}</main>`);
  const step = emptying(document.querySelector("article"));
  main.scrollTo({ top: 1500, behavior: "instant" });
  equal([doneStill([step]), main.scrollTop], [false, 1500]);
  const failing = { element: main, act: { apply: () => JSON.parse(`${main.scrollTop}, it has been laid out`), undo: () => {} } };
  const tried = [];
  try {
    doneStill([step, failing]);
  } catch (error) {
    tried.push(error.name);
  }
  equal([tried, main.scrollTop], [["SyntaxError"], 1500]);
});

test("so is what scrolls around a shadow root, in it, and beside what is tried", () => {
  const host = show(
    `<div style="${SCROLLER};display:flex;height:400px"><section><b>host</b></section>` +
      `<aside style="${SCROLLER};min-height:100%;max-height:1500px">${LONG}</aside></div>`,
  ).querySelector("section");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<main style="width:300px;${SCROLLER};height:1500px"><div style="width:2000px">${LONG}</div></main>`;
  const all = [host.parentElement, root.firstChild, host.nextElementSibling];
  for (const each of all) each.scrollTo({ top: 700, left: 90, behavior: "instant" });
  const were = all.map(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft]);
  equal(were.flat().filter(Boolean).length >= 4, true);
  equal(doneStill([emptying(root.querySelector("div"))]), false);
  equal(all.map(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft]), were);
});

const roomy = (element = document.querySelector(".t")) => ({
  element,
  act: { apply: () => element.classList.add("roomy"), undo: () => element.classList.remove("roomy") },
});
const GROW = "<style>@keyframes grow{from{height:0}to{height:200px}}@keyframes fade{from{opacity:0}}";
const running = () => document.getAnimations().filter(({ playState }) => playState === "running").length;

/** Each is refused, and what the page had of it does not glide back either. */
const GLIDING = {
  "a child's": ".roomy i{display:block;animation:grow 1s forwards}",
  "its own": ".roomy{animation:grow 1s .2s forwards}",
  "what is drawn before it": ".roomy::before{content:'';display:block;animation:grow 1s forwards}",
  "what comes after it": ".t+p{transition:margin .4s .3s}.roomy+p{margin-top:150px}",
  "what it is in": "section{transition:padding .4s}section:has(.roomy){padding-top:150px}",
  "one by another": ".t,.t *{transition:font-size .4s .1s}.roomy{font-size:60px}",
  endless: ".roomy i{display:block;animation:grow 1s infinite}",
};
const IN_VIEW = "<section><div class=t>t<i></i><div><b>b</b></div></div><p>after</p></section>";

test("what would move the view by gliding waits, whatever it is that glides", async () => {
  for (const [name, css] of Object.entries(GLIDING)) {
    show(`${GROW}${css}</style>${IN_VIEW}`);
    await frames();
    const places = () => [...document.querySelectorAll("p, b, .t")].map((each) => each.getBoundingClientRect().top);
    const were = places();
    equal([name, doneStill([roomy()]), places(), running()], [name, false, were, 0]);
  }
});

test("where there is room it is there at once, in a shadow root as well", () => {
  const css = ".roomy i{display:block;animation:grow 1s forwards}";
  const host = show(`<div></div>`);
  host.attachShadow({ mode: "open" }).innerHTML = `${GROW}${css}</style><div style="height:300px">${IN_VIEW.replace("<p>after</p>", "")}`;
  const element = host.shadowRoot.querySelector(".t");
  equal(doneStill([roomy(element)]), false); // its own words move
  element.querySelector("div").remove();
  equal([doneStill([roomy(element)]), element.querySelector("i").offsetHeight], [true, 200]);
});

test("what only paints glides on, and so does what the page had set gliding, and what turns by a variable for ever", () => {
  const css = ".roomy{animation:fade 1s,turn 1s infinite}.page{height:9px;animation:grow 9s}@keyframes turn{to{--angle:1turn}}";
  show(`${GROW}${css}</style><p class=t>t</p><p>after</p><i class=page style="position:fixed"></i>`);
  equal([running(), doneStill([roomy()]), running()], [1, true, 3]);
});

test("what glides for ever is let be below the window", () => {
  show(`${GROW}${GLIDING.endless}</style><div style="height:3000px"></div>${IN_VIEW}`);
  equal([doneStill([roomy()]), running()], [true, 1]);
});

const larger = (element = document.querySelector(".t")) => ({
  element,
  paintsOnly: true,
  act: { apply: () => (element.style.scale = "2"), undo: () => (element.style.scale = "") },
});
test("what is drawn smaller again waits while somebody has scrolled to what it gave", () => {
  const css = "<style>main{overflow:scroll;height:300px}</style>";
  show(`${css}<main><div style="height:290px"></div><p class=t style="margin:0;height:90px;scale:2">t</p></main>`);
  const main = document.querySelector("main");
  const { element, act, paintsOnly } = larger();
  act.apply();
  main.scrollTop = 1e6;
  const was = main.scrollTop;
  const back = { element, paintsOnly, act: { apply: act.undo, undo: act.apply } };
  equal([doneStill([back]), main.scrollTop], [false, was]);
  main.scrollTop = 0;
  equal([doneStill([back]), main.scrollTop], [true, 0]);
});
