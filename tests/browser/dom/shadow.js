/** Targets in open shadow roots: what the page does there is seen as it is in the document. */

import { createApplier } from "/page/applier.js";
import { createScope } from "/page/scope.js";
import { begin, equal, frames, show, test } from "./harness.js";

const INSIDE = '<p class="price">9</p>';
const until = async (isSo) => {
  for (const end = performance.now() + 10_000; !isSo(); await frames(1)) {
    if (performance.now() > end) throw new Error(`it never came: ${isSo}`);
  }
};

async function applied(selector) {
  const counts = { reversed: 0, given_up: 0, shifted: 0 };
  const scope = createScope((error) => {
    throw error;
  });
  const applier = createApplier(
    { targets: [{ name: "price", selector }], adjustments: [{ name: "a", target: 0, do: { kind: "class", name: "ours" } }] },
    () => {},
    { adjust: () => {}, count: (what) => (counts[what] += 1) },
    scope,
  );
  applier.obey([["apply", 0]]);
  await frames();
  return { applier, counts, scope };
}

/** A card in the page, with a box in its shadow root that has a shadow root of its own. */
function cards() {
  const outer = show("<my-card></my-card>").attachShadow({ mode: "open" });
  outer.innerHTML = "<my-box></my-box>";
  const inner = outer.firstChild.attachShadow({ mode: "open" });
  inner.innerHTML = INSIDE;
  return { outer, inner, isOurs: () => inner.querySelector(".price").matches(".ours") };
}

test("what the page takes back or replaces in a shadow root is changed again, as deep as it lies", async () => {
  const { inner, isOurs } = cards();
  const { counts } = await applied("my-card >>> my-box >>> .price");
  equal(isOurs(), true);
  inner.firstChild.className = "price";
  await until(isOurs);
  inner.innerHTML = INSIDE;
  await until(isOurs);
  equal(counts, { reversed: 2, given_up: 0, shifted: 0 });
});

test("a target that goes away in a shadow root is changed again when it comes back", async () => {
  const { inner, isOurs } = cards();
  const { counts } = await applied("my-card >>> my-box >>> .price");
  const old = inner.firstChild;
  old.remove();
  await until(() => old.className === "price");
  inner.append(old);
  await until(isOurs);
  equal(counts.reversed, 0);
});

test("whoever takes it back again and again in a shadow root gets their way", async () => {
  const { inner } = cards();
  const { counts } = await applied("my-card >>> my-box >>> .price");
  const writing = setInterval(() => (inner.firstChild.className = "price"), 50);
  await until(() => counts.given_up === 1).finally(() => clearInterval(writing));
  await frames();
  equal(inner.innerHTML, INSIDE);
});

const WORDS = "<my-card></my-card><p>outside</p>";
const OURS = { kind: "text", text: "Ours" };

/** Selects of a text from its second letter on. */
function select(element, end = 5) {
  const { firstChild } = element;
  getSelection().setBaseAndExtent(firstChild, 1, firstChild, end);
}

test("words that are selected in a shadow root wait until they no longer are, with all that they are in", async () => {
  const host = show(`<div class="t" style="height:90px">${WORDS}</div>`).firstChild;
  const outer = host.attachShadow({ mode: "open" });
  outer.innerHTML = "<i>other</i><my-part></my-part>";
  const inner = outer.lastChild.attachShadow({ mode: "open" });
  inner.innerHTML = '<p style="height:20px">selected</p><p>beside</p>';
  for (const [selector, changed] of [[".t", () => !host.isConnected], ["my-card >>> my-part >>> p", () => inner.textContent === "OursOurs"]]) {
    select(inner.firstChild);
    const { applier, obey, states } = begin(selector, OURS);
    obey("apply");
    await frames();
    equal([selector, changed(), String(inner.firstChild.textContent)], [selector, false, "selected"]);
    getSelection().collapse(inner.firstChild.firstChild, 2); // where it was clicked
    await frames();
    equal([selector, changed(), states.at(-1)], [selector, true, "applied"]);
    applier.restore();
  }
});

test("words beside those that are selected in a shadow root need not wait", async () => {
  const root = show("<div><my-card></my-card></div>").firstChild.attachShadow({ mode: "open" });
  root.innerHTML = '<b>selected</b><p class="t" style="height:20px">beside</p>';
  select(root.firstChild);
  const { obey } = begin("my-card >>> .t", OURS);
  obey("apply");
  await frames();
  equal(root.textContent, "selectedOurs");
});

const APART = 'style="position:absolute;top:50px"'; // so that nothing else moves by it

/** A part in a card, each with a box around its slot: what the page has put into the card is drawn in both. */
function slotted(html) {
  const outer = show(`<my-card>${html}</my-card><input id="elsewhere">`).attachShadow({ mode: "open" });
  outer.innerHTML = `<div class="w" ${APART}><my-part><b>words of the card</b><slot></slot></my-part></div><i class="beside" ${APART}>beside</i>`;
  outer.querySelector("my-part").attachShadow({ mode: "open" }).innerHTML = `<div class="w" ${APART}><slot></slot></div>`;
  return outer;
}
const BOXES = ["my-card >>> .w", "my-card >>> my-part >>> .w"];

/** Hides each box while the visitor is in it, and lets them go. */
async function hiddenAfter(hold, isHeld, letGo) {
  for (const selector of BOXES) {
    hold();
    const { applier, obey, states } = begin(selector, { kind: "hide" });
    obey("apply");
    await frames();
    equal([selector, isHeld(), states], [selector, true, ["deferred: the visitor's focus is in it"]]);
    letGo();
    await until(() => states.at(-1) === "applied");
    applier.restore();
  }
}

test("what has the focus in a slot, or in a shadow root there, keeps it", async () => {
  const outer = slotted('<input id="own"><my-field></my-field>');
  const field = document.querySelector("my-field").attachShadow({ mode: "open" });
  field.innerHTML = "<input>";
  const elsewhere = document.querySelector("#elsewhere");
  for (const input of [document.querySelector("#own"), field.firstChild])
    await hiddenAfter(() => input.focus(), () => input.matches(":focus"), () => elsewhere.focus());
  document.querySelector("#own").focus();
  const { obey, states } = begin("my-card >>> .beside", { kind: "hide" });
  obey("apply");
  await frames();
  equal([states, outer.activeElement], [["applied"], null]);
});

test("words that are selected in a slot stay selected, whoever has put them there", async () => {
  const outer = slotted("<p>some words here</p>");
  const letGo = () => getSelection().removeAllRanges();
  for (const words of [document.querySelector("p"), outer.querySelector("b")])
    await hiddenAfter(() => select(words), () => getSelection().type === "Range", letGo);
});

test("words from before a component to after it are selected in it too", async () => {
  slotted("<p>some words here</p>");
  document.body.prepend("before");
  document.body.append("after");
  const all = () => getSelection().setBaseAndExtent(document.body.firstChild, 2, document.body.lastChild, 2);
  await hiddenAfter(all, () => getSelection().type === "Range", () => getSelection().removeAllRanges());
});
