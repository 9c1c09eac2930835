import { isToHydrate } from "/page/hydration.js";
import { equal, show, test } from "./harness.js";

const LATER_MS = 60_000;
const x = () => document.querySelector("#x");
const known = (node) => (node.__reactFiber$abc = {});

test("a page without a framework is ready", () => {
  show('<main><p id="x">x</p></main>');
  equal(isToHydrate(x(), 0), false);
});

test("the author's mark holds everything inside it back until it is gone", () => {
  show('<main data-trimtab-wait><p id="x">x</p></main>');
  equal(isToHydrate(x(), LATER_MS), true);
  document.querySelector("main").removeAttribute("data-trimtab-wait");
  equal(isToHydrate(x(), LATER_MS), false);
});

test("roots of known frameworks wait until their framework knows them", () => {
  for (const root of ['id="__next"', 'id="__nuxt"', "data-reactroot"]) {
    show(`<div ${root}><p id="x">x</p></div>`);
    equal(isToHydrate(x(), LATER_MS), true);
    known(x().parentNode);
    equal(isToHydrate(x(), LATER_MS), false);
  }
});

test("roots that are called as everybody's wait for ten seconds, or until a framework is there", () => {
  show('<div id="app"><p id="x">x</p></div>');
  equal(isToHydrate(x(), 9_000), true);
  equal(isToHydrate(x(), 10_000), false);
  x().parentNode.__vue_app__ = {};
  equal(isToHydrate(x(), 9_000), false);
});

test("a React root that is still dehydrated waits as a whole", () => {
  show('<div id="r"><p id="x">x</p></div>');
  const state = { isDehydrated: true };
  x().parentNode.__reactContainer$abc = { stateNode: { current: { memoizedState: state } } };
  known(x());
  equal(isToHydrate(x(), LATER_MS), true);
  state.isDehydrated = false;
  equal(isToHydrate(x(), LATER_MS), false);
});

test("a part between React's marks waits until React knows it; what comes after it does not", () => {
  show('<div id="r"><!--$--><!--$--><i></i><!--/$--><p id="x"><b></b></p><!--/$--><p id="y"></p></div>');
  known(x().parentNode);
  equal(isToHydrate(x(), LATER_MS), true);
  equal(isToHydrate(x().firstChild, LATER_MS), true);
  equal(isToHydrate(document.querySelector("i"), LATER_MS), true);
  equal(isToHydrate(document.querySelector("#y"), LATER_MS), false);
  known(x());
  equal(isToHydrate(x().firstChild, LATER_MS), false);
});

test("data for hydrating the whole document holds all of it back", () => {
  show('<p id="x">x</p>');
  window.__next_f = [];
  equal(isToHydrate(x(), LATER_MS), true);
  known(document.body);
  equal(isToHydrate(x(), LATER_MS), false);
});
