/** Pages that are odd and real: fields that hide what every element has, translated words, writing in other directions. */

import { createChange } from "/page/adjust/change.js";
import { createApplier } from "/page/applier.js";
import { createScope } from "/page/scope.js";
import { begin as beginOne, equal, frames, show, test } from "./harness.js";

const LONG = { kind: "text", text: "Much longer words than there were before" };
const PLAIN = [
  { kind: "class", name: "ours" },
  { kind: "attribute", name: "aria-label", value: "x" },
  { kind: "hide" },
  { kind: "scale", factor: 1.1 },
  { kind: "move", to: "first" },
  { kind: "level", level: "easier" },
];

function begin(selector, what) {
  const begun = beginOne(selector, what);
  begun.obey("apply");
  return begun;
}

/** What the browser's own meter says of this. */
async function shiftOf(work) {
  let sum = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) sum += value;
  });
  observer.observe({ type: "layout-shift" });
  await work();
  await frames(6);
  observer.disconnect();
  return sum;
}

const PLACES = {
  "on the right": '<div style="float:right" class="t">x</div><p>after</p>',
  "at the end of a row": '<div style="display:flex;justify-content:space-between"><b>Shop</b><b class="t">x</b></div><p>after</p>',
  "on the left of what goes to the left": '<div dir="rtl" style="height:300px"><div style="float:left" class="t">x</div></div>',
  "aligned to the right": '<div style="text-align:right;height:200px" class="t">x</div><p>after</p>',
  "at the foot of the window": '<div style="position:fixed;bottom:0;width:90px" class="t">x</div><p>after</p>',
  "from top to bottom, to the left": '<div style="writing-mode:vertical-rl;height:300px"><p class="t">x</p><p>after</p></div>',
  "from top to bottom, to the right": '<div style="writing-mode:vertical-lr;height:300px"><p class="t">x</p><p>after</p></div>',
  "from below": '<div style="display:flex;flex-direction:column-reverse;height:300px"><p class="t">x</p><p>after</p></div>',
  "drawn larger": '<div style="zoom:1.5;float:right"><p class="t" style="float:right">x</p><p>after</p></div>',
  "stuck to the foot": '<div style="height:1500px"></div><div class="t" style="position:sticky;bottom:0;width:60px">x</div>',
  "laid out when seen": '<div style="content-visibility:auto"><p class="t" style="width:60px">x</p><p>after</p></div>',
};
test("longer words move nothing that is seen, wherever they stand", async () => {
  for (const [where, html] of Object.entries(PLACES)) {
    show(html);
    await frames(4); // what the case before leaves behind
    let begun = { states: [], errors: [] };
    const moved = await shiftOf(async () => {
      begun = begin(".t", LONG);
      await frames(4);
    });
    equal([where, moved, begun.errors, begun.states.length], [where, 0, [], 1]);
    begun.applier.restore();
  }
});

test("a page that lies in a shadow root is looked at as any other", async () => {
  const root = show("<my-app></my-app>").attachShadow({ mode: "open" });
  root.innerHTML = '<h1 class="t" style="width:60px">x</h1><p>after</p>';
  const { states } = begin("my-app >>> .t", LONG);
  await frames(4);
  equal(states, ["deferred: it would move what is in view"]);
});

test("a form whose fields hide what every element has is left as it is, or comes back", async () => {
  for (const name of ["children", "parentNode", "style", "closest", "animate", "before", "isConnected", "getRootNode"]) {
    show(`<section><p>a</p><div style="height:80px"><form class="t"><select name="${name}"></select></form></div></section>`);
    const before = document.body.innerHTML;
    for (const what of PLAIN) {
      const { applier, errors } = begin(".t", what);
      await frames(2);
      applier.restore();
      equal([name, what.kind, errors, document.body.innerHTML], [name, what.kind, [], before]);
    }
  }
});

test("a form in a target may have such fields", async () => {
  show('<section class="t"><form><input name="parentNode"><input name="childNodes"><input name="matches"></form></section>');
  for (const what of PLAIN) {
    const { applier, errors } = begin(".t", what);
    await frames(2);
    applier.restore();
    equal([what.kind, errors], [what.kind, []]);
  }
});

test("words of ours that the browser has translated go, and the page's own come back", async () => {
  const element = show("<div style='height:100px;overflow:hidden' class='t'>Own words</div>");
  const before = document.body.innerHTML;
  const { applier } = begin(".t", { kind: "text", text: "Ours" });
  await frames();
  for (const node of [...element.childNodes]) {
    if (!(node instanceof Text)) continue;
    const translated = document.createElement("font");
    translated.textContent = "Unseres";
    node.replaceWith(translated);
  }
  applier.restore();
  equal(document.body.innerHTML, before);
});

test("what would take a dialog out of sight is left alone: opened there, it would lock the page", () => {
  const element = show("<div>x<dialog>hello</dialog></div>");
  equal(createChange(element, { kind: "hide" }, () => {}), "a dialog in it would lock the page, unseen");
});

test("styles in a target hold for the whole page, and stay", async () => {
  show("<div class='t' style='height:50px'>x<style>#b { color: rgb(1, 2, 3) }</style></div><button id='b'>other</button>");
  begin(".t", { kind: "text", text: "x" });
  await frames();
  equal(getComputedStyle(document.querySelector("#b")).color, "rgb(1, 2, 3)");
});

test("what the page puts before a moved element is where it would be without us", () => {
  const list = show("<ul><li>a</li><li>b</li><li class='t'>c</li><li>d</li></ul>");
  const change = createChange(list.querySelector(".t"), { kind: "move", to: "first" }, () => {});
  change.apply();
  const fresh = document.createElement("li");
  fresh.textContent = "new";
  list.insertBefore(fresh, list.querySelector(".t"));
  change.undo();
  equal([list.textContent, Object.hasOwn(list, "insertBefore")], ["abnewcd", false]);
});

test("a list in which something is moved can be walked along, sorted and written anew", async () => {
  for (const to of ["first", "last"]) {
    const list = show(`<ul><li>a</li><li>b</li><li class='t'>c</li><li>d</li></ul>`);
    const change = createChange(list.querySelector(".t"), { kind: "move", to }, () => {});
    change.apply();
    let walked = "";
    for (let node = list.firstChild; node && walked.length < 9; node = node.nextSibling) walked += node.textContent;
    equal(walked, to === "first" ? "cabd" : "abdc");
    list.append(list.firstElementChild);
    list.innerHTML = "<li>x</li><li>y</li>";
    await frames(1);
    change.undo();
    equal(list.innerHTML, "<li>x</li><li>y</li>");
  }
});

test("who is told of a change and denies it in the midst of it has it taken back", async () => {
  show("<p class='t'>x</p><p class='t'>y</p>");
  const before = document.body.innerHTML;
  const { applier, states } = begin(".t", { kind: "level", level: "easier" });
  const deny = () => applier.restore();
  document.addEventListener("trimtab:level", deny, { once: true });
  await frames();
  equal([document.body.innerHTML, states.includes("applied")], [before, false]);
});

test("attributes of fields that would change what is sent are refused, and others are not", () => {
  const element = show("<input type='range' value='80'>");
  const refusalOf = (name, value) => typeof createChange(element, { kind: "attribute", name, value }, () => {});
  equal(["max", "step", "list", "wrap"].map((name) => refusalOf(name, "50")), Array(4).fill("string"));
  equal(["title", "aria-label", "data-mark", "placeholder"].map((name) => refusalOf(name, "50")), Array(4).fill("object"));
});

test("one of several of which one is open at a time is not opened", () => {
  show("<details name='g' open>a</details><details name='g' class='t'>b</details>");
  const change = createChange(document.querySelector(".t"), { kind: "attribute", name: "open", value: "" }, () => {});
  equal(change, "it would close another one");
});

test("what would bring a scrollbar, or make the page wider, waits", async () => {
  show("<div class='t' style='width:90vw;height:50px'>x</div>");
  const { scrollWidth } = document.documentElement;
  const { states } = begin(".t", { kind: "scale", factor: 1.5 });
  await frames();
  equal([document.documentElement.scrollWidth, states], [scrollWidth, ["deferred: it would move what is in view"]]);
});

test("many elements of several adjustments change in several frames", async () => {
  show(`<main>${Array.from({ length: 3000 }, (_, index) => `<p class="t">${index}</p>`).join("")}</main>`);
  const states = [];
  const applier = createApplier(
    {
      targets: [{ name: "t", selector: ".t" }],
      adjustments: ["x", "y", "z"].map((name) => ({ name, target: 0, do: { kind: "class", name } })),
    },
    () => {},
    { adjust: (_, state) => states.push(state), count: () => {} },
    createScope((error) => states.push(String(error))),
  );
  const seen = new Set(); // what was there when a turn of ours had ended
  const count = () => ["x", "y", "z"].map((name) => document.querySelectorAll(`.${name}`).length).join();
  const observer = new MutationObserver(() => seen.add(count()));
  observer.observe(document.body, { subtree: true, attributeFilter: ["class"] });
  applier.obey([0, 1, 2].map((index) => ["apply", index]));
  while (states.length < 3) await frames(1);
  await frames(1);
  equal([states, [...seen].at(-1), seen.size > 1], [["applied", "applied", "applied"], "500,500,500", true]);
  observer.disconnect();
  applier.restore();
  equal(document.querySelectorAll(".x,.y,.z").length, 0);
});
