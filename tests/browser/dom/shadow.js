/** Targets in open shadow roots: what the page does there is seen as it is in the document. */

import { createApplier } from "/page/applier.js";
import { createScope } from "/page/scope.js";
import { equal, frames, show, test } from "./harness.js";

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
