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

const OURS = { kind: "text", text: "Ours" };
const fresh = () => Object.assign(document.createElement("li"), { textContent: "+" });

test("what is moved in a list that gives way to other content comes back to its place, whichever goes first", async () => {
  for (const looks of [0, 1]) {
    for (const verbs of [[], [["undo", 0]], [["undo", 1]]]) {
      below(LIST);
      const before = document.querySelector("ul").outerHTML;
      const { applier, failures } = begin([".t", { to: "first" }], ["ul", OURS]);
      await frames();
      equal(order(), "Ours");
      for (let look = 0; look < looks; look += 1) await mutate();
      applier.obey(verbs);
      await frames();
      await mutate();
      equal(order(), verbs[0]?.[1] === 1 ? "123ace" : "Ours");
      applier.restore();
      equal([document.querySelector("ul").outerHTML, failures], [before, []]);
    }
  }
});

test("what the page adds to a list that has given way stands in its place, while something was moved in it", async () => {
  below(LIST);
  const list = document.querySelector("ul");
  const [, second] = document.querySelectorAll(".t");
  const { applier } = begin([".t", { to: "first" }], ["ul", OURS]);
  await frames();
  await mutate();
  list.insertBefore(fresh(), second);
  applier.restore();
  equal([order(), Object.hasOwn(list, "insertBefore")], ["a1c+2e3", false]);
});

test("what is moved within our own content does not keep the page from adding to its own", async () => {
  below("<ul><li id=own>own</li><template data-trimtab-variant=short><li>a</li><li class=t>t</li></template></ul>");
  const list = document.querySelector("ul");
  const [own, before] = [document.querySelector("#own"), list.innerHTML];
  const { applier } = begin([".t", { to: "first" }], ["ul", { kind: "swap", variant: "short" }]);
  await frames();
  applier.obey([["apply", 0]]); // what it moves has come with the other one
  await frames();
  equal(order(), "ta");
  const added = fresh();
  list.insertBefore(added, own);
  applier.restore();
  equal(list.innerHTML, before.replace("<li id", "<li>+</li><li id"));
});
