import * as rows from "/page/messages.js";
import { createRecorder } from "/page/recorder.js";
import { createRing } from "/page/ring.js";
import { createScope } from "/page/scope.js";
import { startTap } from "/page/tap.js";
import { attributesOf } from "/page/targets.js";
import { equal, frames, show, test, until } from "./harness.js";

const { COLUMNS, NONE, ...kinds } = rows;
const NAMES = new Map(Object.entries(kinds).map(([name, number]) => [number, name]));

/**
 * Starts the tap. `seen()` gives the rows since the last call, by name; `told()` waits until all that was to be read has
 * been read, and `looked()`, asked for in the task that changes the document, until the targets have been looked for.
 */
function observe(...selectors) {
  const scope = createScope((error) => seen.push(["ERROR", String(error)]));
  const ring = createRing();
  const clock = { of: (stamp) => stamp, origin_ms: 0 };
  const seen = [];
  const recorder = createRecorder(ring, clock, scope);
  const targets = startTap(selectors.map((selector) => ({ name: selector, selector })), recorder, scope);
  const told = async () => {
    while (recorder.busy()) await frames(1);
    await frames();
  };
  return {
    scope,
    told,
    async looked() {
      await new Promise(targets.after);
      await told();
    },
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

/** All rows until the words of these targets are known; they are told at once, when all are counted. */
async function counted(seen, ...targets) {
  const all = [];
  const isKnown = (target) => only("LAYOUT", all).filter((row) => row[1] === target).at(-1)?.at(-1) > 0;
  await until(() => (all.push(...seen()), targets.every(isKnown)));
  return all;
}

test("where a target stands, its size and its words are measured", async () => {
  show('<div style="height:100px"></div><p id="t" style="width:300px;height:50px;margin:0">Four words are here</p>');
  const { seen } = observe("#t");
  await frames(6);
  const got = await counted(seen, 0);
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
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    scrollTo(0, 1000 - (1 - tenth / 10) * innerHeight + 3);
    await frames(4);
    for (const [, , share] of only("VISIBLE", seen())) shares.add(Math.round(share * 100));
  }
  equal([...shares], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("scrolling is told with the place after layout", async () => {
  show('<div style="height:5000px"></div>');
  const { seen } = observe();
  await frames(6);
  seen();
  scrollTo(0, 300);
  scrollTo(0, 500);
  await frames(4);
  equal(only("SCROLL", seen()), [["SCROLL", -1, 500, 0, 0]]);
});

test("where a scroll goes on and ends is told, about ten times a second and never out of a handler", async () => {
  show('<div style="height:9000px"></div>');
  let isHandling = false;
  addEventListener("scroll", () => (isHandling = true), true);
  document.addEventListener("scroll", () => queueMicrotask(() => (isHandling = false)));
  const { get } = Object.getOwnPropertyDescriptor(window, "scrollY");
  Object.defineProperty(window, "scrollY", {
    get() {
      if (isHandling) throw new Error("read in a handler");
      return get.call(window);
    },
  });
  const { seen, told } = observe();
  await frames(6);
  seen();
  const begun = performance.now();
  for (let y = 100; y <= 3000; y += 100) {
    scrollTo(0, y);
    await frames(1);
  }
  const most = 3 + (performance.now() - begun) / 80; // the first, the last, and a frame that began before
  await told();
  const places = seen().map(([name, , y]) => (name === "SCROLL" ? y : name));
  equal(places.at(-1), 3000);
  if (places.length < 3 || places.length > most) throw new Error(`${places.length} places, not 3 to ${most}`);
});

/** The mouse goes through these columns, in one task. */
function move(...columns) {
  for (const clientX of columns)
    document.body.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY: 5, pointerType: "mouse", bubbles: true }));
}

test("of a quick movement the pointer's first place and its last are told", async () => {
  show("<p>x</p>");
  const { seen, told } = observe();
  await frames();
  seen();
  move(10, 20, 30);
  await told();
  equal(only("POINTER", seen()).map(([, , x]) => x), [10, 30]);
});

test("where no rule reads the pointer's way, a movement says once that somebody is there", async () => {
  show("<p>x</p>");
  globalThis.TRIMTAB_POINTS = false;
  const { seen, told } = observe();
  await frames();
  seen();
  move(10, 20, 30);
  await told();
  move(40);
  await told();
  equal(only("POINTER", seen()).map(([, , x]) => x), [10]);
});

test("the pointer's way is told point by point", async () => {
  show("<p>x</p>");
  const { seen } = observe();
  await frames();
  for (const [clientX, pointerType] of [[10, "mouse"], [20, "touch"], [30, "pen"], [40, "unknown"]]) {
    document.body.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY: 5, pointerType, bubbles: true }));
  }
  equal(only("POINTER", seen()).map(([, , ...point]) => point), [[10, 5, 0], [20, 5, 1], [30, 5, 2], [40, 5, 0]]);
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
  const before = seen();
  equal(only("FOCUS", before).length, 1);
  document.body.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true }));
  equal(only("BLUR", [...before, ...seen()]), [["BLUR", 0, 0, 0, 0]]);
});

test("a focus that goes with what was removed is noticed without any sign of life", async () => {
  show('<div id="t"><input id="a"></div>');
  const { seen, looked } = observe("#t");
  await frames();
  document.querySelector("#a").focus();
  addEventListener("focusout", (event) => event.stopImmediatePropagation(), true);
  document.querySelector("#a").remove();
  await looked();
  equal(seen().filter(([name]) => name === "FOCUS" || name === "BLUR").map(([name]) => name), ["FOCUS", "BLUR"]);
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
  const { seen, looked } = observe("#t");
  await frames();
  equal(only("LAYOUT", seen()), []);
  for (let turn = 0; turn < 2; turn += 1) {
    document.body.insertAdjacentHTML("beforeend", '<div id="t" style="height:40px">late</div>');
    await looked();
    const got = seen();
    equal(only("LAYOUT", got)[0].slice(0, 2), ["LAYOUT", 0]);
    equal(only("VISIBLE", got).at(-1), ["VISIBLE", 0, 1, 0, 0]);
    document.querySelector("#t").remove();
    await frames(4);
    equal(only("VISIBLE", seen()).at(-1), ["VISIBLE", 0, 0, 0, 0]);
  }
});

/** Which element a target is, by the height that is told of it. */
const height = (seen) => only("LAYOUT", seen).at(-1)?.[3];

test("an element that comes to stand before a target takes its place", async () => {
  show('<div id="here"></div><p class="t" style="height:40px;margin:0">first</p>');
  const { seen, looked } = observe(".t");
  await frames(6);
  equal(height(seen()), 40);
  document.querySelector("#here").insertAdjacentHTML("beforeend", '<p class="t" style="height:70px;margin:0">new</p>');
  await looked();
  const got = seen();
  equal(height(got), 70);
  equal(only("VISIBLE", got).map(([, , share]) => share), [0, 1]);
  document.querySelectorAll(".t")[1].click();
  document.querySelectorAll(".t")[0].click();
  equal(only("CLICK", seen()).map(([, target]) => target), [-1, 0]);
});

test("an element that matches only now, by a class, takes the place of a later one", async () => {
  show('<p id="a" style="height:30px">a</p><p id="b" class="on" style="height:60px">b</p>');
  const { seen, looked } = observe("p.on");
  await frames(6);
  equal(height(seen()), 60);
  document.querySelector("#a").classList.add("on");
  await looked();
  equal(height(seen()), 30);
  for (const id of ["a", "b"]) document.querySelector(`#${id}`).className = "";
  await looked();
  document.querySelector("#a").click();
  equal(only("CLICK", seen()).map(([, target]) => target), [-1]);
});

test("which attributes a selector hangs on is read from its text", () => {
  equal(attributesOf([{ name: "a", selector: "p.on, #x > [ data-open='1']" }, { name: "b", selector: "main p" }]), [
    "class", "id", "data-open",
  ]);
});

test("a target that is replaced out of view is found again", async () => {
  show('<div style="height:3000px"></div><p id="t" style="height:0"></p>');
  const { seen, looked } = observe("#t");
  await frames(6);
  document.querySelector("#t").remove();
  document.body.insertAdjacentHTML("beforeend", '<p id="t" style="height:80px">again</p>');
  await looked();
  equal(height(seen()), 80);
});

test("a target that is taken out and put in again elsewhere stays the same one", async () => {
  show('<p id="t" style="height:40px;margin:0">x</p><div style="height:200px"></div>');
  const { seen, looked } = observe("#t");
  await frames(6);
  seen();
  document.body.append(document.querySelector("#t"));
  await looked();
  const got = seen();
  equal(only("LAYOUT", got).at(-1)[2], 200);
  document.querySelector("#t").click();
  equal(only("CLICK", seen()).length, 1);
});

test("a page that never rests is looked at five times a second, and nobody listens between", async () => {
  show('<p id="t">x</p><div id="ticker"></div>');
  let looks = 0;
  const { querySelector } = Document.prototype;
  const { observe: watch, disconnect } = MutationObserver.prototype;
  let watching = 0;
  let heard = 0;
  MutationObserver.prototype.observe = function (...how) {
    watching += 1;
    watch.apply(this, how);
  };
  MutationObserver.prototype.disconnect = function () {
    if (watching) heard += 1;
    watching = 0;
    disconnect.apply(this);
  };
  Document.prototype.querySelector = function (selector) {
    looks += selector === "#t" ? 1 : 0;
    return querySelector.call(this, selector);
  };
  const { scope } = observe("#t");
  const begun = performance.now();
  for (let turn = 0; turn < 40; turn += 1) {
    querySelector.call(document, "#ticker").textContent = String(turn);
    await frames(1);
  }
  const most = 2 + (performance.now() - begun) / 200;
  scope.end();
  Document.prototype.querySelector = querySelector;
  Object.assign(MutationObserver.prototype, { observe: watch, disconnect });
  if (looks < 2 || looks > most) throw new Error(`${looks} looks, not 2 to ${most}`);
  if (heard > 2 * most) throw new Error(`heard of ${heard} changes, not of ${2 * most} at most`);
});

test("a target in open shadow roots is found by a selector that says so, also when the element is defined late", async () => {
  show('<p class="price">outside</p><shop-list></shop-list>');
  const { seen, looked } = observe("shop-list >>> shop-card >>> .price", ".price");
  await frames();
  equal(only("LAYOUT", seen()).map(([, target]) => target).includes(0), false);
  const define = (name, html) =>
    customElements.define(
      name,
      class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: "open" }).innerHTML = html;
        }
      },
    );
  define("shop-card", '<b class="price" style="display:block;height:33px">inside</b><input><input>');
  define("shop-list", "<shop-card></shop-card>");
  await looked();
  equal(height(only("LAYOUT", seen()).filter(([, target]) => target === 0)), 33);
  const card = document.querySelector("shop-list").shadowRoot.querySelector("shop-card");
  card.shadowRoot.querySelector(".price").click();
  equal(only("CLICK", seen()).map(([, target]) => target), [0]);
  card.remove();
  await looked();
  equal(only("VISIBLE", seen()).at(-1), ["VISIBLE", 0, 0, 0, 0]);
  document.querySelector("shop-list").shadowRoot.append(document.createElement("shop-card"));
  await looked();
  equal(height(only("LAYOUT", seen()).filter(([, target]) => target === 0)), 33);
});

test("a closed shadow root stays closed", async () => {
  show("<div id='host'></div>");
  document.querySelector("#host").attachShadow({ mode: "closed" }).innerHTML = "<p class='t'>x</p>";
  const { seen } = observe("#host >>> .t");
  await frames(6);
  equal(only("LAYOUT", seen()), []);
});

test("long texts are counted in slices, while the page is idle", async () => {
  show('<p id="t"></p>');
  const text = document.querySelector("#t");
  for (let part = 0; part < 30; part += 1) text.append("word ".repeat(1000), document.createElement("br"));
  text.insertAdjacentHTML("beforeend", "<script>not text</script><style>p{}</style><template>nor this</template>");
  const { seen } = observe("#t");
  equal(only("LAYOUT", await counted(seen, 0)).at(-1).at(-1), 30_000);
});

test("texts without spaces have words too, and those of several scripts together", async () => {
  show('<p id="t"></p><p id="u"></p>');
  const [sentence, thai] = ["吾輩は猫である。", "Three more words: ฉันรักภาษาไทย "];
  // Engines part them by dictionaries of their own: where Firefox sees three words there are five in Chromium.
  const wordsOf = (text) => [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].filter((part) => part.isWordLike);
  const each = wordsOf(sentence).length;
  document.querySelector("#t").textContent = sentence.repeat(2000);
  document.querySelector("#u").innerHTML = `${thai}<b>${sentence}</b>`;
  const { seen } = observe("#t", "#u");
  const all = await counted(seen, 0, 1);
  const words = (target) => only("LAYOUT", all).filter((row) => row[1] === target).at(-1).at(-1);
  if (Math.abs(words(0) - 2000 * each) > 10) throw new Error(`${words(0)} words, not ${2000 * each}`); // a cut may part a word
  equal([words(1), each > 1], [wordsOf(thai).length + each, true]);
});

test("a text that grows is counted again", async () => {
  show('<p id="t">one two</p>');
  const { seen } = observe("#t");
  await new Promise((done) => setTimeout(done, 100));
  const begun_ms = performance.now();
  for (let turn = 0; turn < 20; turn += 1) {
    document.querySelector("#t").insertAdjacentHTML("beforeend", "<br>three");
    await frames(1);
  }
  const most = 4 + Math.floor((performance.now() - begun_ms) / 1000); // once a second while it grows
  const got = [];
  await until(() => (got.push(...only("LAYOUT", seen()).map((row) => row.at(-1))), got.at(-1) === 22));
  if (new Set(got).size > most) throw new Error(`counted ${new Set(got).size} times`);
});

/** The routes of the rows, by the names that go with them. */
async function routesOf(work) {
  const scope = createScope((error) => { throw error; });
  const ring = createRing();
  const recorder = createRecorder(ring, { of: (stamp) => stamp, origin_ms: 0 }, scope);
  const names = [];
  const { number } = recorder;
  recorder.number = (name) => {
    names[number(name)] = name;
    return number(name);
  };
  startTap([], recorder, scope);
  await work();
  scope.end();
  const flat = new Float64Array(ring.take(performance.now()));
  const rows = Array.from({ length: flat.length / COLUMNS }, (_, row) => flat.subarray(row * COLUMNS));
  return rows.filter(([kind]) => kind === kinds.ROUTE).map(([, t_ms, , a]) => [t_ms === 0, names[a]]);
}

const ROUTES = [[true, "/"], [false, "/a"], [false, "/a/b"], [false, "/a"], [false, "/a#/c"], [false, "/a"], [false, "/"]];

async function wander() {
  history.pushState(null, "", "/a?q=secret");
  document.body.click();
  await frames();
  history.replaceState(null, "", "/a?q=other");
  history.pushState(null, "", "/a/b");
  document.body.click();
  await frames();
  history.back();
  await new Promise((done) => addEventListener("popstate", done, { once: true }));
  await frames();
  for (const hash of ["#/c?token=1", "#words", "#more"]) {
    location.hash = hash;
    await frames();
  }
  history.pushState(null, "", "/");
  document.body.click();
  await frames();
}

test("the routes of a page are told from the first one on, without query or anchor", async () => {
  equal(await routesOf(wander), ROUTES);
});

test("routes are noticed without the Navigation API as well", async () => {
  Object.defineProperty(window, "navigation", { value: undefined });
  const { pushState, replaceState } = history;
  const routes = await routesOf(async () => {
    history.pushState(null, "", "/x");
    document.body.click();
    await frames();
    history.back();
    await new Promise((done) => addEventListener("popstate", done, { once: true }));
    await wander();
  });
  equal(routes, [[true, "/"], [false, "/x"], [false, "/"], ...ROUTES.slice(1)]);
  equal([history.pushState === pushState, history.replaceState === replaceState], [true, true]);
});

test("who leaves and comes back from the back/forward cache was elsewhere", async () => {
  const cached = (type) => dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
  const routes = await routesOf(() => ["pagehide", "pageshow"].forEach(cached));
  equal(routes, [[true, "/"], [false, "elsewhere"], [false, "/"]]);
});

test("the focus is followed within a shadow root", async () => {
  show("<div id='host'></div><input id='other'>");
  const root = document.querySelector("#host").attachShadow({ mode: "open" });
  root.innerHTML = '<input id="a"><input id="b">';
  const { seen } = observe("#host >>> #a");
  await frames();
  for (const id of ["a", "b", "a"]) root.querySelector(`#${id}`).focus();
  document.querySelector("#other").focus();
  const got = seen().filter(([name]) => name === "FOCUS" || name === "BLUR");
  equal(got.map(([name]) => name), ["FOCUS", "BLUR", "FOCUS", "BLUR"]);
});

test("a frame of the page's own origin is left alone", async () => {
  show('<iframe srcdoc="<p id=t>x</p><input id=field>"></iframe>');
  const frame = document.querySelector("iframe");
  await new Promise((done) => frame.addEventListener("load", done, { once: true }));
  let listening = 0;
  const { addEventListener } = frame.contentWindow.EventTarget.prototype;
  frame.contentWindow.EventTarget.prototype.addEventListener = function (...how) {
    listening += 1;
    return addEventListener.apply(this, how);
  };
  const { seen } = observe("#t", "iframe >>> #t");
  await frames(6);
  seen();
  frame.contentDocument.querySelector("#t").click();
  const key = new frame.contentWindow.KeyboardEvent("keydown", { bubbles: true, composed: true });
  frame.contentDocument.querySelector("#field").dispatchEvent(key);
  await frames();
  equal(seen().filter(([name]) => ["CLICK", "KEY", "LAYOUT"].includes(name)), []);
  equal(listening, 0);
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
