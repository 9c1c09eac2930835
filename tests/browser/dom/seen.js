/** What is laid over a page shows, or the status says why not; what is only drawn elsewhere waits for nothing. */

import { createChange } from "/page/adjust/change.js";
import { createApplier } from "/page/applier.js";
import { APPLIED, FAILED, UNDONE } from "/page/messages.js";
import { createScope } from "/page/scope.js";
import { equal, frames, show, test, until } from "./harness.js";

const NOTHING = "nothing of it would show: its page's styles do the same already, or are stronger";
const BIG = { kind: "style", style: { "font-size": "20px", color: "red" } };
const LARGER = { kind: "scale", factor: 1.25 };

function begin(...does) {
  const rows = [];
  const states = [];
  const applier = createApplier(
    {
      targets: [{ name: "t", selector: ".t" }],
      adjustments: does.map((what, index) => ({ name: `a${index}`, target: 0, do: what })),
    },
    (kind, _stamp, _target, adjustment) => rows.push([kind, adjustment]),
    { adjust: (_index, state, reason) => states.push(reason ? `${state}: ${reason}` : state), count: () => {} },
    createScope((error) => rows.push(String(error))),
  );
  const all = (verb) => applier.obey(does.map((_, index) => [verb, index]));
  return { all, applier, rows, states };
}

/** Done and undone by commands. */
async function turned(html, ...does) {
  show(`${html}<p>after</p>`);
  const { all, rows, states } = begin(...does);
  await frames(); // what the page before leaves behind is no shift of ours
  let sum = 0;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value)));
  observer.observe({ type: "layout-shift" });
  all("apply");
  await frames(5);
  await new Promise((done) => setTimeout(done, 550)); // they come apart
  all("undo");
  await frames(5);
  await new Promise((done) => setTimeout(done, 550));
  observer.disconnect();
  return { rows, states, sum };
}

test("a style that the page's own !important hides fails with a reason, and leaves nothing behind", async () => {
  const element = show('<p class="t" style="font-size:10px!important;color:blue!important">x</p>');
  const { all, applier, rows, states } = begin(BIG);
  all("apply");
  await frames();
  equal([rows, states], [[[FAILED, 0]], [`failed: ${NOTHING}`]]);
  equal(element.getAnimations().length, 0);
  element.style.color = "blue"; // weaker now
  all("apply");
  await frames();
  equal([states.at(-1), getComputedStyle(element).color], ["applied", "rgb(255, 0, 0)"]);
  applier.restore();
});

test("a style of which one part shows is applied; one that the page has itself already is not", async () => {
  show('<p class="t" style="font-size:10px!important">x</p>');
  const { all, states } = begin(BIG);
  all("apply");
  await frames();
  equal(states, ["applied"]);
  show('<p class="t" style="font-size:20px;color:red">x</p>');
  const other = begin(BIG);
  other.all("apply");
  await frames();
  equal(other.states, [`failed: ${NOTHING}`]);
});

test("elements on which nothing would show are not tried again at each change of the page", async () => {
  show('<p class="t">x</p><p class="t" style="color:blue!important">y</p><i></i>');
  const { all, states } = begin({ kind: "style", style: { color: "red" } });
  all("apply");
  await frames();
  let tries = 0;
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...words) {
    tries += 1;
    return animate.apply(this, words);
  };
  document.querySelector("i").title = "changed";
  await frames();
  equal([tries, states], [0, ["applied"]]);
});

test("an image that its page's !important keeps as wide as it is fails", async () => {
  show('<img class="t" width="40" height="10" style="width:40px!important;height:10px!important" src="data:,">');
  const { all, states } = begin({ kind: "enlarge", factor: 2 });
  all("apply");
  await frames();
  equal(states, [`failed: ${NOTHING}`]);
});

test("an inline element has no box to draw larger; what is replaced, or drawn in a picture, has", () => {
  const reason = (html) => {
    const change = createChange(show(html).querySelector(".t"), LARGER);
    return typeof change === "string" ? change : "";
  };
  const no = "it has no box that can be scaled: display: inline-block would give it one";
  equal(reason('<p>one <a class="t" href="/">two</a></p>'), no);
  equal(reason('<p><span style="display:contents" class="t">two</span></p>'), no);
  equal(reason('<p>one <a class="t" style="display:inline-block" href="/">two</a></p>'), "");
  equal(reason('<p>one <img class="t"></p>'), "");
  equal(reason('<p>one <button class="t">x</button></p>'), "");
  equal(reason('<p><b class="t" hidden>two</b></p>'), "");
  equal(reason('<svg><g class="t"></g></svg>'), "");
});

test("what is drawn larger with all in it, in view, moves no layout: it waits for nothing, nor does its way back", async () => {
  for (const html of [
    '<div class="t" style="width:100px;height:50px"><p>text <b>bold</b></p></div>',
    '<button class="t">Buy <b>now</b></button>',
    '<svg width="200" height="200"><g class="t"><rect x="20" y="20" width="50" height="50"/></g></svg>',
  ]) {
    const { rows, sum } = await turned(html, LARGER);
    equal([html, rows, sum], [html, [[APPLIED, 0], [UNDONE, 0]], 0]);
  }
});

test("a group in a picture that is hidden or scaled, and given a class, comes back whole", async () => {
  const html = '<svg width="200" height="200"><g class="t"><rect x="20" y="20" width="50" height="50"/></g></svg>';
  for (const what of [{ kind: "hide" }, LARGER]) {
    const { rows } = await turned(html, what, { kind: "class", name: "roomy" });
    await until(() => rows.filter(([kind]) => kind === UNDONE).length === 2);
    equal(document.querySelector("svg").outerHTML, html.replaceAll("/>", "></rect>"));
  }
});

