import { createApplier } from "/page/applier.js";
import { APPLIED, BY, DEFERRED, UNDONE } from "/page/messages.js";
import { createScope } from "/page/scope.js";
import { equal, frames, press, show, test } from "./harness.js";

const LATE = { kind: "class", name: "late" };
const STYLE = "<style>.card{height:50px;margin:0}</style>";
const later = () => new Promise((done) => setTimeout(done, 400));
/** As an image or a font that comes late would: nothing in the document changes. */
const grow = (what) => document.styleSheets[0].insertRule(`.card.late{${what}}`);
const card = () => document.querySelector(".card");
const until = async (isSo) => {
  for (const end = performance.now() + 10_000; !isSo(); await frames(1)) {
    if (performance.now() > end) throw new Error(`it never came: ${isSo}`);
  }
};

async function applied(html) {
  show(STYLE + html);
  await frames();
  const rows = [];
  const states = [];
  const counts = { reversed: 0, given_up: 0, shifted: 0 };
  const applier = createApplier(
    { targets: [{ name: "card", selector: ".card" }], adjustments: [{ name: "a", target: 0, do: LATE }] },
    (kind, _stamp, _target, adjustment, why) => rows.push([kind, adjustment, why]),
    {
      adjust: (_index, state, reason) => states.push(reason ? `${state}: ${reason}` : state),
      count: (what) => (counts[what] += 1),
    },
    createScope((error) => rows.push(String(error))),
  );
  applier.obey([["apply", 0]]);
  await frames();
  return { applier, rows, states, counts };
}

test("a shift that comes late is ours: it is taken back at a safe moment, and never tried again", async () => {
  const { applier, rows, states, counts } = await applied('<p class="card">one</p><p>after it</p>');
  await later();
  grow("height:200px");
  await until(() => counts.shifted === 1);
  await until(() => rows.length === 2);
  equal(card().className, "card late"); // taking it back at once would be the next shift
  await press(".card");
  await until(() => rows.length === 3);
  equal(card().className, "card");
  applier.obey([["apply", 0]]);
  await until(() => rows.length === 4);
  equal(card().className, "card");
  equal(rows, [[APPLIED, 0, 0], [DEFERRED, 0, 0], [UNDONE, 0, BY.shift], [UNDONE, 0, BY.shift]]);
  equal(states.at(-1), "undone: it moved what was in view");
  equal(counts, { reversed: 0, given_up: 0, shifted: 1 });
});

test("so it is where only a padding or a border grows", async () => {
  const { counts } = await applied('<p class="card">one</p><p>after it</p>');
  await later();
  grow("padding-bottom:150px");
  await until(() => counts.shifted === 1);
});

test("a shift that the page makes is not ours, before the element or after it", async () => {
  const { rows, counts } = await applied('<p id="a">a</p><p class="card">one</p><p id="b">b</p><p>after</p>');
  await later();
  document.querySelector("#a").style.height = "100px";
  await frames(10);
  document.querySelector("#b").style.height = "100px";
  await frames(10);
  equal(counts.shifted, 0);
  equal(rows, [[APPLIED, 0, 0]]);
});

test("texts that would start elsewhere wait, although no box moves", async () => {
  const { rows } = await applied('<style>.late{padding:0 0 0 24px}</style><p class="card">one</p>');
  equal(rows, [[DEFERRED, 0, 0]]);
});

test("what is only a few pixels in view may not move either", async () => {
  const { rows } = await applied(
    "<style>.late{height:80px}</style>" +
      '<div style="height:30px"></div><p class="card">one</p><div style="height:605px"></div><p style="margin:0">last</p>',
  );
  equal(rows, [[DEFERRED, 0, 0]]);
});
