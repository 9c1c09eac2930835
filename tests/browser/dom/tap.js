import * as rows from "/page/messages.js";
import { createRecorder } from "/page/recorder.js";
import { createRing } from "/page/ring.js";
import { createScope } from "/page/scope.js";
import { startTap } from "/page/tap.js";
import { equal, frames, show, test } from "./harness.js";

const { COLUMNS, NONE, ...kinds } = rows;
const NAMES = new Map(Object.entries(kinds).map(([name, number]) => [number, name]));

/** Starts the tap; `seen()` gives the rows since the last call, by name. */
function observe(...selectors) {
  const scope = createScope((error) => seen.push(["ERROR", String(error)]));
  const ring = createRing();
  const clock = { of: (stamp) => stamp, origin_ms: 0 };
  const seen = [];
  startTap(selectors.map((selector) => ({ name: selector, selector })), createRecorder(ring, clock, scope), scope);
  return {
    scope,
    seen() {
      const flat = new Float64Array(ring.take(performance.now()) ?? new ArrayBuffer(0));
      for (let at = 0; at < flat.length; at += COLUMNS) {
        const [kind, t_ms, target, a, b, c] = flat.subarray(at);
        seen.push(kind === kinds.SCROLL && t_ms === 0 ? ["STOOD", a] : [NAMES.get(kind), target, a, b, c]);
      }
      return seen.splice(0);
    },
  };
}

const only = (kind, seen) => seen.filter(([name]) => name === kind);

test("where a target stands, its size and its words are measured", async () => {
  show('<div style="height:100px"></div><p id="t" style="width:300px;height:50px;margin:0">Four words are here</p>');
  const { seen } = observe("#t");
  await frames(6);
  await new Promise((done) => requestIdleCallback(done));
  const got = seen();
  equal(only("LAYOUT", got).at(-1), ["LAYOUT", 0, 100, 50, 4]);
  equal(only("BOX", got), [["BOX", 0, 0, 300, 0]]);
  equal(only("VISIBLE", got), [["VISIBLE", 0, 1, 0, 0]]);
});

test("the share in view of a target taller than the window is followed in tenths of a window", async () => {
  show('<div style="height:1000px"></div><div id="t" style="height:7000px"></div>');
  const { seen } = observe("#t");
  await frames(6);
  seen();
  const shares = new Set();
  for (let y = 300; y <= 1000; y += 70) {
    scrollTo(0, y);
    await frames(2);
    for (const [, , share] of only("VISIBLE", seen())) shares.add(Math.round(share * 100));
  }
  equal([...shares], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("scrolling is told once a frame, with the place after the paint", async () => {
  show('<div style="height:5000px"></div>');
  const { seen } = observe();
  await frames(6);
  seen();
  scrollTo(0, 300);
  scrollTo(0, 500);
  await frames(4);
  equal(only("SCROLL", seen()), [["SCROLL", -1, 500, 0, 0]]);
});

test("where the page stands when it begins to be observed is told as its place from the start", async () => {
  show('<div style="height:5000px"></div>');
  scrollTo(0, 700);
  await frames(2);
  const { seen } = observe();
  scrollTo(0, 730);
  await frames(4);
  scrollTo(0, 800);
  await frames(4);
  const got = seen().filter(([name]) => name === "STOOD" || name === "SCROLL");
  equal(got, [["STOOD", 730], ["SCROLL", -1, 800, 0, 0]]);
  scrollTo(0, 0);
});

test("a page that stands at its top says nothing of it", async () => {
  show('<div style="height:5000px"></div>');
  scrollTo(0, 0);
  await frames(2);
  const { seen } = observe();
  await frames(4);
  equal(seen().filter(([name]) => name === "STOOD" || name === "SCROLL"), []);
});

test("a click belongs to the innermost target", async () => {
  show('<div id="outer"><p><b id="inner">x</b></p></div><i>y</i>');
  const { seen } = observe("#outer", "#inner");
  await frames();
  document.querySelector("#inner").click();
  document.querySelector("p").click();
  document.querySelector("i").click();
  equal(only("CLICK", seen()).map(([, target]) => target), [1, 0, -1]);
});

test("focus moves between targets", async () => {
  show('<input id="a"><input id="b"><input id="c">');
  const { seen } = observe("#a", "#b");
  await frames();
  for (const id of ["a", "b", "c"]) document.querySelector(`#${id}`).focus();
  const got = seen().filter(([name]) => name === "FOCUS" || name === "BLUR");
  equal(got.map(([name, target]) => [name, target]), [["FOCUS", 0], ["BLUR", 0], ["FOCUS", 1], ["BLUR", 1]]);
});

test("a target that goes is neither hovered nor focused any more", async () => {
  show('<input id="t">');
  const { seen } = observe("#t");
  await frames();
  const element = document.querySelector("#t");
  element.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
  element.focus();
  element.remove();
  await frames(4);
  const got = seen().filter(([name]) => ["ENTER", "LEAVE", "FOCUS", "BLUR"].includes(name));
  equal(got.map(([name]) => name).sort(), ["BLUR", "ENTER", "FOCUS", "LEAVE"]);
});

test("the focus is in every target around it, and what is put in belongs to all of them", async () => {
  show('<form id="form"><input id="a"><input id="b"></form><input id="c">');
  const { seen } = observe("#form", "#a");
  await frames();
  for (const id of ["a", "b", "c"]) document.querySelector(`#${id}`).focus();
  const deletion = new InputEvent("input", { inputType: "deleteContentBackward", bubbles: true });
  document.querySelector("#a").dispatchEvent(deletion);
  const got = seen();
  const focus = got.filter(([name]) => name === "FOCUS" || name === "BLUR").map(([name, target]) => [name, target]);
  equal(focus, [["FOCUS", 1], ["FOCUS", 0], ["BLUR", 1], ["BLUR", 0]]);
  equal(only("INPUT", got).map(([, target, corrects]) => [target, corrects]), [[1, 1], [0, 0]]);
});

test("a focus that goes without a word is noticed with the next sign of life", async () => {
  show('<div id="t"><input id="a"></div>');
  const { seen } = observe("#t");
  await frames();
  document.querySelector("#a").focus();
  const silence = (event) => event.stopImmediatePropagation(); // as in browsers that say nothing of a removal
  addEventListener("focusout", silence, true);
  document.querySelector("#a").remove();
  removeEventListener("focusout", silence, true);
  await frames(4);
  const before = seen().filter(([name]) => name === "FOCUS" || name === "BLUR");
  equal(before.map(([name]) => name), ["FOCUS"]);
  document.body.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  equal(only("BLUR", seen()), [["BLUR", 0, 0, 0, 0]]);
});

test("typing is timed and never read", async () => {
  const touched = [];
  const trap = (owner, name) =>
    Object.defineProperty(owner.prototype, name, { get: () => touched.push(`${owner.name}.${name}`) });
  for (const name of ["key", "code", "keyCode", "charCode", "which"]) trap(KeyboardEvent, name);
  for (const name of ["data", "dataTransfer"]) trap(InputEvent, name);
  for (const owner of [HTMLInputElement, HTMLTextAreaElement]) trap(owner, "value");
  show('<input id="a"><textarea id="b"></textarea>');
  const { seen } = observe("#a");
  await frames();
  const input = document.querySelector("#a");
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "s", code: "KeyS", bubbles: true }));
  for (const inputType of ["insertText", "deleteContentBackward", "historyUndo"]) {
    input.dispatchEvent(new InputEvent("input", { data: "s", inputType, bubbles: true }));
  }
  const elsewhere = new InputEvent("input", { data: "s", inputType: "insertText", bubbles: true });
  document.querySelector("#b").dispatchEvent(elsewhere);
  await frames();
  const got = seen();
  equal(touched, []);
  equal(only("KEY", got), [["KEY", -1, 0, 0, 0]]);
  equal(only("INPUT", got).map(([, ...row]) => row), [[0, 0, 1, 0], [0, 1, 1, 0], [0, 1, 1, 0], [-1, 0, 1, 0]]);
});

test("a key says whether it went into something that can be typed in", async () => {
  show(`<input id="text"><input id="search" type="search"><textarea id="area"></textarea>
    <p id="editor" contenteditable>x</p><input id="box" type="checkbox"><input id="fixed" readonly>
    <button id="button">b</button><p id="card" tabindex="0"></p>`);
  document.querySelector("#card").attachShadow({ mode: "open" }).innerHTML = '<input id="inside">';
  const { seen } = observe();
  await frames();
  const press = (element) => {
    element.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true }));
    return only("KEY", seen()).map(([, , outside]) => outside)[0];
  };
  const ids = ["text", "search", "area", "editor", "box", "fixed", "button", "card"];
  equal(ids.map((id) => press(document.querySelector(`#${id}`))), [0, 0, 0, 0, 1, 1, 1, 1]);
  equal(press(document.querySelector("#card").shadowRoot.querySelector("input")), 0);
});

test("a box that is ticked is no text, and what is put in is told outside of every target too", async () => {
  show('<input id="box" type="checkbox"><input id="text">');
  const { seen } = observe("#box");
  await frames();
  document.querySelector("#box").click();
  document.querySelector("#text").focus();
  document.execCommand("insertText", false, "spoken");
  equal(only("INPUT", seen()), [["INPUT", 0, 0, 0, 0], ["INPUT", -1, 0, 1, 0]]);
});

test("a target that comes late is found, lost when it goes, and found again", async () => {
  show("<p>nothing yet</p>");
  const { seen } = observe("#t");
  await frames();
  equal(only("LAYOUT", seen()), []);
  for (let turn = 0; turn < 2; turn += 1) {
    document.body.insertAdjacentHTML("beforeend", '<div id="t" style="height:40px">late</div>');
    await new Promise((done) => setTimeout(done, 300)); // it is looked for at most five times a second
    await frames();
    const got = seen();
    equal(only("LAYOUT", got)[0].slice(0, 2), ["LAYOUT", 0]);
    equal(only("VISIBLE", got).at(-1), ["VISIBLE", 0, 1, 0, 0]);
    document.querySelector("#t").remove();
    await frames(4);
    equal(only("VISIBLE", seen()).at(-1), ["VISIBLE", 0, 0, 0, 0]);
  }
});

test("while nothing is missing nobody watches the document", async () => {
  let watching = 0;
  const { observe: watch, disconnect } = MutationObserver.prototype;
  MutationObserver.prototype.observe = function (...how) {
    watching += 1;
    watch.apply(this, how);
  };
  MutationObserver.prototype.disconnect = function () {
    watching = 0;
    disconnect.apply(this);
  };
  show('<p id="t">x</p>');
  observe("#t");
  equal(watching, 0);
  observe("#t", "#missing");
  equal(watching, 1);
});

test("a selector that the browser does not know finds nothing and breaks nothing", async () => {
  show('<p id="t">x</p>');
  const { seen } = observe("p:never-heard-of", "#t");
  await frames();
  const got = seen();
  equal(only("ERROR", got), []);
  equal(only("LAYOUT", got)[0].slice(0, 2), ["LAYOUT", 1]);
});

test("after the end nothing listens any more", async () => {
  show('<p id="t">x</p>');
  const { scope, seen } = observe("#t");
  await frames();
  seen();
  scope.end();
  document.querySelector("#t").click();
  scrollTo(0, 10);
  document.querySelector("#t").style.height = "900px";
  await frames(4);
  equal(seen(), []);
});

test("a finger that enters a target does not hover over it", async () => {
  show('<input id="t">');
  const { seen } = observe("#t");
  await frames();
  document.querySelector("#t").dispatchEvent(new PointerEvent("pointerenter", { pointerType: "touch" }));
  await frames(4);
  equal(seen().filter(([name]) => name === "ENTER"), []);
});
