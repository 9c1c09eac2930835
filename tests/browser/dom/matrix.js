/**
 * Every kind of adjustment, as cases/adjustments.json has it, in everything that may happen to it: each test is a column
 * of that table. Below the window, so that nothing has to wait for the view.
 */

import { begin, equal, frames, show, test, until } from "./harness.js";

const { adjustments } = await (await fetch("/cases/adjustments.json")).json();
const BEFORE = '<button id="before">before</button><div style="height:3000px"></div>';
const LOOKS = ["display", "font-size", "line-height", "scale", "zoom", "width", "height"];

/** Elements whose own script, that of a component, was told by an event. */
let told = new Set();
let events = 0;

/** @param {Element} element */
function listen(element) {
  element.addEventListener("shop:compare", ({ detail }) => {
    events += 1;
    told[detail.undo ? "delete" : "add"](element);
  });
}

/** What an element is for who reads the page: its HTML, its looks, its place among the others, what its script was told. */
function look(element) {
  const others = [...element.parentElement.children].filter((each) => each === element || !each.matches(".t"));
  const style = getComputedStyle(element);
  const is = LOOKS.map((name) => style.getPropertyValue(name));
  return JSON.stringify([element.outerHTML, is, others.indexOf(element), told.has(element)]);
}

const all = (root = document) => [...root.querySelectorAll(".t")];
const looks = (root) => all(root).map(look).join("\n");

/** @param {(one: {what: any, on: string, section: Element, source: string, obey: (verb: string) => void} & ReturnType<typeof begin>) => unknown} work */
async function each(work) {
  for (const { do: what, on } of adjustments) {
    [told, events] = [new Set(), 0];
    const source = `<section><b>first</b>${on}<i>between</i>${on}<b>last</b></section>`;
    show(BEFORE + source);
    all().forEach(listen);
    const section = document.querySelector("section");
    const begun = begin(".t", what);
    try {
      await work({ what, on, section, source: section.outerHTML, ...begun });
      equal(begun.errors, []);
    } catch (error) {
      throw new Error(`${what.kind}: ${error.message}`, { cause: error });
    } finally {
      begun.applier.restore();
      begun.scope.end();
    }
  }
}

/** Shown on all of them; gives how each was before. */
async function applied({ obey, states }) {
  const before = all().map((element) => [element, look(element)]);
  obey("apply");
  await until(() => states.length > 0);
  await frames(); // a prompt's words come a frame after it
  equal(states, ["applied"]);
  for (const [element, was] of before) if (look(element) === was) throw new Error(`nothing of it shows: ${was}`);
  return before;
}

test("it shows on each of several elements, and each comes back whole", () =>
  each(async (one) => {
    const [before, html] = [looks(), one.source];
    await applied(one);
    one.obey("undo");
    await until(() => one.states.length === 2);
    equal([one.states, looks(), one.section.outerHTML], [["applied", "undone"], before, html]);
  }));

test("what is asked for twice is done once, and undone once", () =>
  each(async (one) => {
    const before = looks();
    await applied(one);
    const shown = looks();
    const written = new MutationObserver(() => {});
    written.observe(one.section, { attributes: true, childList: true, characterData: true, subtree: true });
    one.obey("apply");
    await until(() => one.states.length === 2); // a command is answered, whatever there is to do
    equal([looks(), written.takeRecords().length], [shown, 0]);
    for (const times of [3, 4]) {
      one.obey("undo");
      await until(() => one.states.length === times);
      equal([one.states.at(-1), looks()], ["undone", before]);
    }
    equal(events, one.what.kind === "event" ? 4 : 0); // two elements, there and back
  }));

test("an element that the page takes away goes as it was, and is changed when it comes back", () =>
  each(async (one) => {
    const [[element]] = await applied(one);
    const shown = look(element);
    const next = element.nextSibling;
    element.remove();
    await until(() => element.outerHTML === one.on || told.has(element));
    await frames();
    equal([element.outerHTML, element.getAnimations().length, told.has(element)], [one.on, 0, false]);
    one.section.insertBefore(element, next);
    await until(() => look(element) === shown);
    equal(one.states, ["applied"]);
  }));

test("an element that replaces a changed one is changed, and the other goes as it was", () =>
  each(async (one) => {
    const [[old]] = await applied(one);
    const shown = look(old);
    const box = document.createElement("div");
    box.innerHTML = one.on;
    const fresh = box.firstChild;
    listen(fresh);
    old.replaceWith(fresh);
    await until(() => look(fresh) === shown || told.has(fresh));
    await frames();
    equal([old.outerHTML, old.getAnimations().length, told.has(old)], [one.on, 0, false]);
  }));

test("a page that writes all of it anew is changed again, and is what it wrote when we have gone", () =>
  each(async (one) => {
    await applied(one);
    const shown = looks();
    one.section.outerHTML = one.source;
    all().forEach(listen);
    await until(() => looks() === shown);
    one.applier.restore();
    equal(document.querySelector("section").outerHTML, one.source);
  }));

test("what has the focus in it waits, on its way back too, and keeps the focus", () =>
  each(async (one) => {
    const [first] = all();
    const hold = () => (first.focus({ preventScroll: true }), document.activeElement === first);
    const before = look(first);
    if (hold()) {
      one.obey("apply");
      await until(() => one.states.length > 0);
      equal([look(first), document.activeElement === first], [before, true]);
      document.querySelector("#before").focus({ preventScroll: true });
    } else one.obey("apply");
    await until(() => look(first) !== before);
    await frames();
    const shown = look(first);
    if (!hold()) return;
    one.obey("undo");
    await frames();
    equal([look(first), document.activeElement === first], [shown, true]);
    document.querySelector("#before").focus({ preventScroll: true });
    await until(() => look(first) === before);
  }));

test("what the visitor has selected waits, on its way back too, and stays selected", () =>
  each(async (one) => {
    const [first] = all();
    const before = look(first);
    const select = () => {
      const range = document.createRange();
      range.selectNode(first);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return isSelected();
    };
    const isSelected = () => !getSelection().isCollapsed && getSelection().containsNode(first, true);
    select();
    const isSeen = isSelected(); // what is hidden is not
    one.obey("apply");
    await until(() => one.states.length > 0);
    if (isSeen) equal([look(first), isSelected()], [before, true]);
    getSelection().removeAllRanges();
    await until(() => look(first) !== before);
    await frames();
    const shown = look(first);
    if (!select()) return;
    one.obey("undo");
    await frames();
    equal([look(first), isSelected()], [shown, true]);
    getSelection().removeAllRanges();
    await until(() => look(first) === before);
  }));

test("nothing moves by itself, and nothing is left that could", () =>
  each(async (one) => {
    await applied(one);
    equal(document.getAnimations().filter(({ playState }) => playState === "running").length, 0);
    one.applier.restore();
    equal(document.getAnimations().length, 0);
  }));

test("what can be reached by key can be seen, and what the page says to screen readers it still says", () =>
  each(async (one) => {
    const before = one.section.querySelectorAll("[tabindex]").length;
    await applied(one);
    const seen = one.what.kind !== "hide";
    equal(all().map((element) => element.checkVisibility()), [seen, seen]);
    for (const element of one.section.querySelectorAll("[tabindex], button")) {
      element.focus({ preventScroll: true });
      equal(document.activeElement === element, element.checkVisibility({ visibilityProperty: true }));
      document.querySelector("#before").focus({ preventScroll: true });
    }
    const said = one.section.querySelectorAll("[aria-hidden], [aria-live], [role]:not([role=status])").length;
    const polite = one.section.querySelectorAll("[role=status]").length;
    equal([one.section.querySelectorAll("[tabindex]").length, said, polite], [before, 0, one.what.kind === "prompt" ? 2 : 0]);
  }));

test("a withdrawal gives all of it back in the same task, whatever has the focus", () =>
  each(async (one) => {
    const before = looks();
    await applied(one);
    const [first] = all();
    first.focus({ preventScroll: true });
    one.applier.restore();
    equal([looks(), one.section.outerHTML, scrollY], [before, one.source, 0]);
  }));

test("a page that has put something of its own into every object, array and element disturbs nothing", async () => {
  const prototypes = [Object.prototype, Array.prototype, Function.prototype, Element.prototype];
  for (const each of prototypes) each.extra = () => "page";
  try {
    await each(async (one) => {
      const before = looks();
      await applied(one);
      one.obey("undo");
      await until(() => one.states.length === 2);
      equal([one.states.at(-1), looks()], ["undone", before]);
    });
  } finally {
    for (const each of prototypes) delete each.extra;
  }
});

test("in an open shadow root it comes and goes alike", async () => {
  for (const { do: what, on } of adjustments) {
    told = new Set();
    show(`${BEFORE}<my-card></my-card>`);
    const root = document.querySelector("my-card").attachShadow({ mode: "open" });
    root.innerHTML = `<section><b>first</b>${on}<b>last</b></section>`;
    all(root).forEach(listen);
    const before = [looks(root), root.innerHTML];
    const { applier, obey, states, errors, scope } = begin("my-card >>> .t", what);
    obey("apply");
    await until(() => states.length > 0);
    const shown = looks(root);
    applier.restore();
    equal([what.kind, states, shown !== before[0], looks(root), root.innerHTML, errors], [what.kind, ["applied", "undone"], true, ...before, []]);
    scope.end();
  }
});
