import { KINDS } from "/page/adjust/kinds.js";
import { createApplier } from "/page/applier.js";
import { APPLIED, BY, DEFERRED, FAILED, UNDONE, WAITS } from "/page/messages.js";
import { createScope } from "/page/scope.js";
import { equal, frames, press, show, test } from "./harness.js";

const CARD = (id, height) =>
  `<div class="card" id="${id}" style="overflow:hidden${height ? `;height:${height}px` : ""}">` +
  `<p>${"Long text. ".repeat(60)}</p><template data-trimtab-variant="short"><p>Short</p></template></div>`;
const cards = (count, height) => Array.from({ length: count }, (_, index) => CARD(`c${index}`, height)).join("");
const all = () => [...document.querySelectorAll(".card")];
const shortened = () => all().map((card) => (card.querySelector("template") ? 0 : 1)).join("");

function begin(...does) {
  const rows = [];
  const whys = [];
  const states = [];
  const counts = {};
  const applier = createApplier(
    {
      targets: [{ name: "card", selector: ".card" }],
      adjustments: does.map((what, index) => ({ name: `a${index}`, target: 0, do: what })),
      goals: [],
    },
    (kind, _stamp, _target, adjustment, why) => {
      rows.push([kind, adjustment]);
      whys.push([kind, why]);
    },
    {
      adjust: (_index, state, reason) => states.push(reason ? `${state}: ${reason}` : state),
      count: (what) => (counts[what] = (counts[what] ?? 0) + 1),
    },
    createScope((error) => rows.push(String(error))),
  );
  return { applier, rows, whys, states, counts };
}

const SHORT = { kind: "swap", variant: "short" };

/** How much the page has shifted, as the browser itself measures it; shifts that an input excuses are left out. */
async function shift(work) {
  let sum = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  });
  observer.observe({ type: "layout-shift" });
  await work();
  await frames(5);
  observer.disconnect();
  return sum;
}

test("every element that the selector matches is changed, and all come back", async () => {
  show(cards(3, 60));
  const before = document.body.innerHTML;
  const { applier, rows, states } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  equal(shortened(), "111");
  applier.obey([["apply", 0]]);
  await frames();
  applier.obey([["undo", 0]]);
  await frames();
  equal(document.body.innerHTML, before);
  equal(rows, [[APPLIED, 0], [APPLIED, 0], [UNDONE, 0]]);
  equal(states, ["applied", "applied", "undone"]);
});

test("a scale is done in view, although what is in it is seen elsewhere, and is taken back so", async () => {
  show('<button class="card" style="width:300px">Buy</button><p>after</p>');
  const width = () => document.querySelector(".card").getBoundingClientRect().width;
  const { applier, states } = begin({ kind: "scale", factor: 1.5 });
  const moved = await shift(async () => {
    applier.obey([["apply", 0]]);
    await frames();
    equal(width(), 450);
    applier.obey([["undo", 0]]);
    await frames();
  });
  equal([moved, width()], [0, 300]);
  equal(states, ["applied", "undone"]);
});

test("what would move the view waits, what is below it does not, and nothing shifts", async () => {
  show(cards(20));
  const visible = all().filter((card) => card.getBoundingClientRect().top < innerHeight);
  const { applier, rows } = begin(SHORT);
  const moved = await shift(async () => {
    applier.obey([["apply", 0]]);
    await frames();
  });
  equal(moved, 0);
  equal(shortened(), "0".repeat(visible.length) + "1".repeat(20 - visible.length));
  equal(rows, [[APPLIED, 0]]);
});

test("if everything would move the view, nothing changes and the worker is told", async () => {
  show(CARD("c0") + "<p>after it</p>");
  const before = document.body.innerHTML;
  const { applier, rows, states } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  equal(document.body.innerHTML, before);
  equal(rows, [[DEFERRED, 0]]);
  equal(states, ["deferred: it would move what is in view"]);
});

test("a click on the element is a safe moment", async () => {
  show(CARD("c0") + "<p>after it</p>");
  const { applier, rows } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  await press("p:last-child");
  await frames();
  equal(shortened(), "0");
  await press("#c0 p");
  await frames();
  equal(shortened(), "1");
  equal(rows, [[DEFERRED, 0], [APPLIED, 0]]);
});

test("a decision that follows a click on the element at once need not wait", async () => {
  show(CARD("c0") + "<p>after it</p>");
  const { applier, rows } = begin(SHORT);
  document.addEventListener("click", () => applier.obey([["apply", 0]]));
  await press("#c0 p");
  await frames();
  equal(rows, [[APPLIED, 0]]);
});

test("a click elsewhere excuses nothing, nor does scrolling over the element, nor a click by a script", async () => {
  show(CARD("c0") + "<p>after it</p>");
  const { applier, rows } = begin(SHORT);
  await press("p:last-child");
  document.querySelector("#c0 p").click(); // the page's own doing
  document.querySelector("#c0 p").dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
  document.querySelector("#c0 p").dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
  applier.obey([["apply", 0]]);
  await frames();
  equal(rows, [[DEFERRED, 0]]);
});

test("below the view is a safe moment", async () => {
  show(CARD("c0") + '<p style="height:3000px">after it</p>');
  document.body.prepend(Object.assign(document.createElement("div"), { id: "space" }));
  const { applier } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  equal(shortened(), "0");
  document.querySelector("#space").style.height = "3000px";
  await frames(5);
  equal(shortened(), "1");
});

test("undoing waits for its safe moment too", async () => {
  show(CARD("c0") + "<p>after it</p>");
  const { applier, rows } = begin(SHORT);
  document.addEventListener("click", () => applier.obey([["apply", 0]]), { once: true });
  await press("#c0 p");
  await frames();
  await new Promise((done) => setTimeout(done, 500)); // what the click excuses is over
  applier.obey([["undo", 0]]);
  await frames();
  equal(shortened(), "1");
  await press("#c0 p");
  await frames();
  equal(shortened(), "0");
  equal(rows, [[APPLIED, 0], [DEFERRED, 0], [UNDONE, 0]]);
});

test("withdrawal restores at once, whatever moves", async () => {
  show(cards(20));
  const before = document.body.innerHTML;
  const { applier, rows } = begin(SHORT, { kind: "class", name: "roomy" });
  applier.obey([["apply", 0], ["apply", 1]]);
  await frames();
  applier.restore();
  equal(document.body.innerHTML.replaceAll(' class="card roomy"', ' class="card"'), before);
  equal(document.body.innerHTML, before);
  equal(rows, [[APPLIED, 0], [APPLIED, 1], [UNDONE, 0], [UNDONE, 1]]);
  await frames();
  equal(document.body.innerHTML, before);
});

test("a document that gets shorter at its end keeps its scroll position", async () => {
  show('<p style="height:3000px">before</p>' + CARD("c0"));
  scrollTo(0, 99_999);
  await frames();
  const [y, before] = [scrollY, document.body.innerHTML];
  const { applier, states } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  equal(scrollY, y);
  equal(document.body.innerHTML, before);
  equal(states, ["deferred: it would move what is in view"]);
});

test("a size that would glide is looked at as it will be", async () => {
  show(CARD("c0") + "<p>after it</p>");
  document.body.insertAdjacentHTML(
    "beforeend",
    "<style>.card{transition:padding .3s,color .3s}.roomy{padding-top:200px;color:red}</style>",
  );
  await frames();
  const { applier, rows } = begin({ kind: "class", name: "roomy" });
  const moved = await shift(async () => {
    applier.obey([["apply", 0]]);
    await new Promise((done) => setTimeout(done, 400));
  });
  equal(rows, [[DEFERRED, 0]]);
  equal(moved, 0);
  equal(document.querySelector("#c0").getBoundingClientRect().height < 200, true);
});

test("two adjustments never hold the content of one element", async () => {
  show(cards(1, 60));
  const { applier, states } = begin(SHORT, { kind: "text", text: "Other" });
  applier.obey([["apply", 0], ["apply", 1]]);
  await frames();
  equal(document.querySelector("#c0").textContent, "Short");
  equal(states, ["applied", "failed: another adjustment holds it"]);
});

test("no element, or no block in it, fails with a reason each time, and changes only by a new command", async () => {
  show("<p>nothing yet</p>");
  const { applier, rows, states } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  show('<div class="card">no block</div>');
  applier.obey([["apply", 0]]);
  await frames();
  show(cards(1, 60));
  applier.retry(0);
  await frames();
  equal(shortened(), "0");
  applier.obey([["apply", 0]]);
  await frames();
  equal(shortened(), "1");
  const noBlock = 'failed: no <template data-trimtab-variant="short"> in it';
  equal(states, ["failed: no element matches .card", noBlock, "applied"]);
  equal(rows, [[FAILED, 0], [FAILED, 0], [APPLIED, 0]]);
});

test("a target that comes later is changed too, once the adjustment is applied", async () => {
  show(cards(1, 60));
  const { applier, rows } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  document.body.insertAdjacentHTML("beforeend", CARD("c1", 60));
  applier.retry(0);
  await frames();
  equal(shortened(), "11");
  equal(rows, [[APPLIED, 0]]);
});

test("what is restored before a command was carried out is told as undone", async () => {
  show(cards(1, 60));
  const { applier, rows } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  applier.obey([["apply", 0]]);
  applier.restore();
  await frames();
  equal(shortened(), "0");
  equal(rows, [[APPLIED, 0], [UNDONE, 0]]);
});

test("an element with the focus in it waits until the focus is elsewhere; the others do not", async () => {
  show(CARD("c0", 60) + CARD("c1", 60) + "<input>");
  document.querySelector("#c0 p").tabIndex = 0;
  document.querySelector("#c0 p").focus();
  const { applier, rows } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  equal(shortened(), "01");
  document.querySelector("#c0 p").dispatchEvent(new KeyboardEvent("keydown", { bubbles: true }));
  await frames();
  equal(shortened(), "01");
  document.querySelector("input").focus();
  await frames();
  equal(shortened(), "11");
  equal(rows, [[APPLIED, 0]]);
});

test("if the focus is in all there is, the worker is told", async () => {
  show(CARD("c0", 60));
  document.querySelector("#c0 p").tabIndex = 0;
  document.querySelector("#c0 p").focus();
  const { applier, rows, states } = begin(SHORT);
  applier.obey([["apply", 0]]);
  await frames();
  document.querySelector("#c0 p").blur();
  await frames();
  equal(states, ["deferred: the visitor's focus is in it", "applied"]);
  equal(rows, [[DEFERRED, 0], [APPLIED, 0]]);
});

test("the worker is told what a change waits for", async () => {
  show(CARD("c0", 60) + '<input id="i">');
  document.querySelector("#c0 p").tabIndex = 0;
  const { applier, whys } = begin(SHORT);
  document.querySelector("#c0 p").focus();
  applier.obey([["apply", 0]]);
  await frames();
  document.querySelector("#i").focus();
  await frames();
  document.querySelector("#c0").insertAdjacentHTML("beforeend", '<button style="position:fixed;bottom:0">x</button>');
  document.querySelector("#c0 button").focus();
  applier.obey([["undo", 0]]);
  await frames();
  equal(shortened(), "1");
  document.querySelector("#i").focus();
  await frames();
  equal(shortened(), "0");
  equal(whys, [[DEFERRED, WAITS.focus], [APPLIED, 0], [DEFERRED, WAITS.focus], [UNDONE, 0]]);
});

test("what the visitor takes back goes at once, and the worker is told who did it", async () => {
  const dismissible = { create: (element, _what, dismiss) => {
    element.onclick = dismiss;
    return { apply: () => (element.title = "ours"), undo: () => element.removeAttribute("title"), holds: () => true };
  }, parts: () => ["title"] };
  KINDS.dismissible = dismissible;
  show(cards(2, 60));
  const { applier, rows, whys, states } = begin({ kind: "dismissible" });
  applier.obey([["apply", 0]]);
  await frames();
  equal(document.querySelectorAll("[title]").length, 2);
  all()[0].click();
  equal(document.querySelectorAll("[title]").length, 0);
  equal(rows, [[APPLIED, 0], [UNDONE, 0]]);
  equal(whys[1], [UNDONE, BY.visitor]);
  equal(states, ["applied", "undone: the visitor took it back"]);
});

test("what the visitor has selected waits until it no longer is, on its way out too", async () => {
  show(CARD("c0", 60) + CARD("c1", 60));
  const { applier, rows } = begin(SHORT);
  const select = (id) => {
    const words = document.querySelector(`${id} p`).firstChild;
    getSelection().setBaseAndExtent(words, 1, words, 4);
  };
  select("#c0");
  applier.obey([["apply", 0]]);
  await frames();
  equal([shortened(), String(getSelection())], ["01", "ong"]);
  getSelection().empty();
  await frames();
  equal([shortened(), rows], ["11", [[APPLIED, 0]]]);
  select("#c1");
  applier.obey([["undo", 0]]);
  await frames();
  equal([shortened(), String(getSelection())], ["01", "hor"]);
});

const EASIER = { kind: "level", level: "easier" };

test("a page that denies everything whenever it is told of a level is told of each once, and is as it was", async () => {
  show(cards(3, 60));
  const before = document.body.innerHTML;
  const { applier, rows } = begin(EASIER);
  applier.obey([["apply", 0]]);
  await frames();
  let told = 0;
  document.addEventListener("trimtab:level", () => {
    told += 1;
    applier.restore();
  });
  applier.restore();
  equal([told, document.body.innerHTML, rows], [3, before, [[APPLIED, 0], [UNDONE, 0]]]);
});

test("what is denied while its undo is tried does not come back with the view", async () => {
  show(CARD("c0") + "<p>after it</p>");
  const before = document.body.innerHTML;
  document.head.insertAdjacentHTML("beforeend", "<style>.card[data-level]{padding-top:90px}</style>");
  const { applier, rows } = begin(EASIER);
  document.addEventListener("click", () => applier.obey([["apply", 0]]), { once: true });
  await press("#c0 p");
  await frames();
  equal(document.querySelector("#c0").dataset.level, "easier");
  await new Promise((done) => setTimeout(done, 500)); // what the click excuses is over
  document.addEventListener("trimtab:level", () => applier.restore(), { once: true });
  applier.obey([["undo", 0]]);
  await frames();
  equal([document.body.innerHTML, rows], [before, [[APPLIED, 0], [UNDONE, 0]]]);
});

test("what the visitor takes back before it has come does not come, and the worker is told", async () => {
  show(cards(2, 60));
  const { applier, rows, whys, states } = begin(SHORT);
  applier.obey([["apply", 0]]);
  applier.dismiss(0);
  await frames();
  equal([shortened(), rows, whys], ["00", [[UNDONE, 0]], [[UNDONE, BY.visitor]]]);
  equal(states, ["undone: the visitor took it back"]);
});

test("what nobody has asked for is not taken back", async () => {
  show(cards(2, 60));
  const { applier, rows } = begin(SHORT);
  applier.dismiss(0);
  await frames();
  equal(rows, []);
});
