import { createApplier } from "/page/applier.js";
import { APPLIED, BY, DEFERRED, UNDONE } from "/page/messages.js";
import { createScope } from "/page/scope.js";
import { equal, frames, show, test } from "./harness.js";

const ROOMY = { kind: "class", name: "roomy" };
const CARD = '<p class="card">one</p>';
const card = () => document.querySelector(".card");
const roomy = () => [...document.querySelectorAll(".card")].map((each) => Number(each.matches(".roomy"))).join("");
const until = async (isSo) => {
  for (const end = performance.now() + 20_000; !isSo(); await frames(1)) {
    if (performance.now() > end) throw new Error(`it never came: ${isSo}`);
  }
};

function begin(...does) {
  const rows = [];
  const states = [];
  const counts = { reversed: 0, given_up: 0, shifted: 0 };
  const applier = createApplier(
    {
      targets: [{ name: "card", selector: ".card" }],
      adjustments: does.map((what, index) => ({ name: `a${index}`, target: 0, do: what })),
    },
    (kind, _stamp, _target, adjustment, why) => rows.push([kind, adjustment, why]),
    {
      adjust: (_index, state, reason) => states.push(reason ? `${state}: ${reason}` : state),
      count: (what) => (counts[what] += 1),
    },
    createScope((error) => rows.push(String(error))),
  );
  return { applier, rows, states, counts };
}

async function applied(...does) {
  const begun = begin(...does);
  begun.applier.obey(does.map((_, index) => ["apply", index]));
  await frames();
  return begun;
}

test("what the page takes back is made again before anybody sees it", async () => {
  show(CARD);
  const { rows, counts } = await applied(ROOMY);
  const painted = [];
  const look = () => requestAnimationFrame(() => (painted.push(roomy()), painted.length < 5 && look()));
  card().className = "card";
  look();
  await until(() => painted.length === 5);
  equal(painted.slice(1).join(""), "1111");
  equal(counts, { reversed: 1, given_up: 0, shifted: 0 });
  equal(rows, [[APPLIED, 0, 0]]);
});

test("an element that replaces a changed one is changed, and the old one is as the page would have it", async () => {
  show(CARD);
  await applied(ROOMY);
  const old = card();
  old.outerHTML = '<p class="card">two</p>';
  await frames();
  equal(roomy(), "1");
  equal(old.outerHTML, CARD);
});

test("elements that come after the first match are changed too", async () => {
  show(CARD);
  await applied(ROOMY);
  document.body.insertAdjacentHTML("beforeend", CARD + CARD);
  await until(() => roomy() === "111");
  document.body.insertAdjacentHTML("beforeend", '<p class="no">four</p>');
  document.body.lastChild.className = "card";
  await until(() => roomy() === "1111");
});

test("a target that goes away is no fight, and is changed again when it comes back", async () => {
  show(CARD);
  const { rows, states, counts } = await applied(ROOMY);
  const old = card();
  old.remove();
  await until(() => states.length === 2);
  equal(old.outerHTML, CARD);
  document.body.append(old);
  await until(() => roomy() === "1");
  equal(states, ["applied", "deferred: no element matches .card", "applied"]);
  equal(counts.reversed, 0);
  equal(rows, [[APPLIED, 0, 0], [APPLIED, 0, 0]]);
});

test("whoever takes it back again and again gets their way, and the worker is told", async () => {
  show(CARD);
  const { applier, rows, states, counts } = await applied(ROOMY);
  let ours = 0;
  const writing = setInterval(() => {
    ours += card().matches(".roomy");
    card().className = "card";
  }, 50);
  await until(() => rows.at(-1)[0] === UNDONE);
  clearInterval(writing);
  await frames();
  equal(card().outerHTML, CARD);
  equal(rows, [[APPLIED, 0, 0], [APPLIED, 0, 0], [APPLIED, 0, 0], [APPLIED, 0, 0], [UNDONE, 0, BY.page]]);
  equal(states.at(-1), "undone: the page keeps taking it back");
  equal(counts, { reversed: 12, given_up: 1, shifted: 0 });
  equal(ours, 12);
  applier.obey([["apply", 0]]);
  await frames();
  equal(roomy(), "0");
  equal(rows.at(-1), [UNDONE, 0, BY.page]);
});

/** A component that answers each class of ours before anybody else can. */
function define() {
  if (customElements.get("own-mind")) return;
  customElements.define("own-mind", class extends HTMLElement {
    static observedAttributes = ["class"];
    attributeChangedCallback() {
      if (this.matches(".roomy")) this.className = "card";
    }
  });
}

test("what a component takes back in the same moment was never shown, and is no longer tried after a few times", async () => {
  define();
  show('<own-mind class="card">one</own-mind>');
  const { rows, states, counts } = await applied(ROOMY);
  await until(() => counts.given_up);
  await frames();
  equal(rows, [[UNDONE, 0, BY.page]]);
  equal(states, [
    "deferred: the page took it back; it is left alone for a while",
    "undone: the page keeps taking it back",
  ]);
  equal(counts, { reversed: 12, given_up: 1, shifted: 0 });
  equal(document.body.innerHTML, '<own-mind class="card">one</own-mind>');
});

test("where one component takes it back at once the others show it until it is given up", async () => {
  define();
  show(`<own-mind class="card">one</own-mind>${CARD}`);
  const { states, counts } = await applied(ROOMY);
  equal([roomy(), states, counts.reversed > 0], ["01", ["applied"], true]);
  await until(() => counts.given_up);
  await frames();
  equal([roomy(), states], ["00", ["applied", "undone: the page keeps taking it back"]]);
});

test("whoever replaces the element again and again gets their way", async () => {
  show(CARD);
  const { rows, counts } = await applied(ROOMY);
  const writing = setInterval(() => (card().outerHTML = CARD), 50);
  await until(() => rows.at(-1)[0] === UNDONE);
  clearInterval(writing);
  await frames();
  equal(document.body.innerHTML, CARD);
  equal(rows.at(-1), [UNDONE, 0, BY.page]);
  equal(counts.given_up, 1);
});

test("while one element is fought over the others stay", async () => {
  show(CARD + CARD);
  const { states } = await applied(ROOMY);
  const writing = setInterval(() => (card().className = "card"), 50);
  await new Promise((done) => setTimeout(done, 1200));
  equal(roomy().at(1), "1");
  equal(states, ["applied"]);
  await until(() => states.length > 1);
  clearInterval(writing);
  await frames();
  equal(roomy(), "00");
  equal(states, ["applied", "undone: the page keeps taking it back"]);
});

test("a page that is busy elsewhere is looked at a few times a second", async () => {
  show(`${CARD}<i id="busy"></i>`);
  await applied(ROOMY);
  let looks = 0;
  const original = document.querySelectorAll;
  document.querySelectorAll = (...words) => ((looks += 1), original.apply(document, words));
  const writing = setInterval(() => (busy.textContent = String(performance.now())), 5);
  await new Promise((done) => setTimeout(done, 1000));
  clearInterval(writing);
  delete document.querySelectorAll;
  equal(looks > 0 && looks <= 6, true);
});

test("two changes that wait for one moment come apart", async () => {
  show(`<div style="height:600px"></div><div class="card">one</div><p>after it</p>`);
  document.body.insertAdjacentHTML("beforeend", "<style>.roomy{padding-top:40px}.wide{padding-bottom:40px}</style>");
  const { rows, states } = await applied(ROOMY, { kind: "class", name: "wide" });
  equal(rows.map(([kind]) => kind), [DEFERRED, DEFERRED]);
  document.body.firstChild.style.height = "3000px";
  await until(() => rows.length === 3);
  const first = performance.now();
  equal(card().className, "card roomy");
  await until(() => rows.length === 4);
  equal(card().className, "card roomy wide");
  equal(performance.now() - first > 400, true);
  equal(states.slice(2), ["applied", "applied"]);
});
