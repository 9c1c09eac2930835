/** Several elements that are moved to the same place, or to places that touch each other. */

import { createApplier } from "/page/applier.js";
import { createScope } from "/page/scope.js";
import { equal, frames, show, test } from "./harness.js";

const LIST = "<ul><li>a</li><li class=t>1</li><li class=c>c</li><li class=t>2</li><li class=e>e</li><li class=t>3</li></ul>";
const order = () => document.querySelector("ul").textContent;

function begin(...does) {
  const counts = { reversed: 0, given_up: 0, shifted: 0 };
  const failures = [];
  const applier = createApplier(
    {
      targets: [...new Set(does.map(([selector]) => selector))].map((selector) => ({ name: selector, selector })),
      adjustments: does.map(([selector, where], index, { length }) => ({
        name: `a${index}`,
        target: [...new Set(does.map(([each]) => each))].indexOf(selector),
        do: { kind: "move", ...where },
      })),
    },
    () => {},
    { adjust: () => {}, count: (what) => (counts[what] += 1) },
    createScope((error) => failures.push(String(error))),
  );
  applier.obey(does.map((_, index) => ["apply", index]));
  return { applier, counts, failures };
}

/** The page changes something elsewhere, and we look whether all is as it should be. */
async function mutate() {
  document.body.append(document.createElement("i"));
  await new Promise((done) => setTimeout(done, 250));
  await frames();
}

/** Below the window nothing has to wait. */
const below = (html) => show(`<div style="height:3000px"></div>${html}`);

async function keepsOrder(where, moved) {
  below(LIST);
  const before = document.querySelector("ul").outerHTML;
  const { applier, counts, failures } = begin([".t", where]);
  await frames();
  equal(order(), moved);
  for (let time = 0; time < 3; time += 1) await mutate();
  equal([order(), counts, failures], [moved, { reversed: 0, given_up: 0, shifted: 0 }, []]);
  applier.obey([["undo", 0]]);
  await frames();
  equal(document.querySelector("ul").outerHTML, before);
}

test("several that go to the front keep their order, stay so, and come back", () => keepsOrder({ to: "first" }, "123ace"));

test("several that go to the end keep their order, stay so, and come back", () => keepsOrder({ to: "last" }, "ace123"));

test("several that go before a sibling do too", () => keepsOrder({ before: ".c" }, "a123ce"));

test("one that the page adds between them, or takes back, finds its place among them", async () => {
  below(LIST);
  const { applier, counts } = begin([".t", { to: "first" }]);
  await frames();
  const [, second] = document.querySelectorAll(".t");
  second.parentNode.append(second); // the page puts it at the end itself
  const added = Object.assign(document.createElement("li"), { className: "t", textContent: "+" });
  document.querySelector(".c").before(added);
  await mutate();
  equal([order(), counts.reversed], ["1+32ace", 1]);
  applier.restore();
  equal(order(), "a1+ce32");
});

test("places that touch each other are all held", async () => {
  below(LIST);
  const { applier, counts } = begin([".c", { to: "first" }], [".t", { before: ".c" }], [".e", { to: "first" }]);
  await frames();
  for (let time = 0; time < 3; time += 1) await mutate();
  equal([order(), counts.reversed], ["123cea", 0]);
  applier.restore();
  equal(order(), "a1c2e3");
});
