/**
 * Undo is exact: two copies of a page get the same random changes by the page's own script, in one of them adjustments
 * come and go meanwhile, and whenever they are gone both are the same. What the page's script does never depends on what
 * it reads; a script that reads what we put there (a toggle, an index among children) acts on what it saw.
 */

import { createChange } from "/page/adjust/change.js";
import { equal, test } from "./harness.js";

const SEEDS = 150;
const STEPS = 14;
const PAGE =
  '<section><p class="a">one</p><div class="target a b" title="page" data-level="1" style="color:red;display:flex">' +
  'text<b>bold</b><i>slanted</i><template data-trimtab-variant="x"><u>ours</u><button data-trimtab-dismiss>x</button></template>' +
  '</div><p class="c">two</p><p>three</p></section>';

/** Mulberry32: small, seeded, good enough to draw from. */
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (count) => Math.floor(next() * count), one: (list) => list[Math.floor(next() * list.length)] };
}

/** A copy of the page whose nodes have the same numbers in every copy. */
function copy(html) {
  const root = document.createElement("div");
  root.innerHTML = html;
  document.body.append(root);
  const section = root.firstChild;
  const target = root.querySelector(".target");
  return { root, section, target, inside: [...target.childNodes], beside: [...section.children], made: [] };
}

function made(page, number) {
  const node = document.createElement("s");
  node.textContent = `new ${number}`;
  page.made.push(node);
  return node;
}

/** What a page's script may do, each as a function of a copy; drawn once, done to both. */
const OPERATIONS = {
  attributes(draw) {
    const name = draw.one(["title", "data-level", "data-bs-interval", "hidden", "class"]);
    const value = draw.one(["page", "other", "Ours", "easier", "2000", "8000", null]);
    return ({ target }) => (value === null ? target.removeAttribute(name) : target.setAttribute(name, value));
  },
  classes(draw) {
    const [verb, name] = [draw.one(["add", "remove"]), draw.one(["a", "b", "c"])];
    return ({ target }) => target.classList[verb](name);
  },
  ourClass(draw) {
    const again = draw.below(2);
    return ({ target }) => {
      target.classList.remove("roomy");
      if (again) target.classList.add("roomy");
    };
  },
  styles(draw) {
    const name = draw.one(["color", "display", "font-size", "width", "scale", "zoom"]);
    const value = draw.one({
      color: ["red", "blue", ""], display: ["block", "none", "grid", ""], "font-size": ["10px", "20px", ""],
      width: ["50px", ""], scale: ["1.5", ""], zoom: ["2", ""],
    }[name]);
    return ({ target }) => target.style.setProperty(name, value, "");
  },
  styleText(draw) {
    const text = draw.one(["color: green", "display: inline", "", null]);
    return ({ target }) => (text === null ? target.removeAttribute("style") : target.setAttribute("style", text));
  },
  inside(draw) {
    const [verb, index, other] = [draw.one(["remove", "before", "after", "text", "append", "prepend", "beside"]), draw.below(3), draw.below(99)];
    return (page) => {
      const node = page.inside[index];
      if (verb === "remove") node.remove();
      else if (verb === "beside") node.after(page.beside[0]);
      else if (verb === "text") node.textContent = `changed ${other}`;
      else if (verb === "append" || verb === "prepend") page.target[verb](node);
      else node[verb](made(page, other));
    };
  },
  content(draw) {
    const [verb, other] = [draw.one(["append", "prepend", "append", "prepend", "append", "replaceChildren"]), draw.below(99)];
    return (page) => page.target[verb](made(page, other));
  },
  beside(draw) {
    const [verb, index, other] = [draw.one(["remove", "before", "after", "append", "prepend"]), draw.one([0, 2, 3]), draw.below(99)];
    return (page) => {
      const node = page.beside[index];
      if (verb === "remove") node.remove();
      else if (verb === "append" || verb === "prepend") page.section[verb](node);
      else node[verb](made(page, other));
    };
  },
  around(draw) {
    const [verb, other] = [draw.one(["before", "after", "insertBefore"]), draw.below(99)];
    return (page) => {
      const { target } = page;
      if (verb === "insertBefore") target.parentNode?.insertBefore(made(page, other), target);
      else target[verb](made(page, other));
    };
  },
  sorted(draw) {
    const order = [0, 1, 2, 3].sort(() => draw.below(2) - 0.5);
    return ({ section, beside }) => section.append(...order.map((index) => beside[index]));
  },
  target(draw) {
    const verb = draw.one(["append", "prepend", "remove", "outside"]);
    return ({ root, section, target }) => {
      if (verb === "remove") target.remove();
      else if (verb === "outside") root.append(target);
      else section[verb](target);
    };
  },
};

/** The copy as text: attributes and styles in one order, an empty style as none. */
function read({ root }) {
  const plain = root.cloneNode(true);
  for (const element of plain.querySelectorAll("*")) {
    const styles = element.style.cssText.split(";").map((each) => each.trim()).filter(Boolean).sort().join(";");
    const attributes = [...element.attributes].filter(({ name }) => name !== "style").sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name } of [...element.attributes]) element.removeAttribute(name);
    for (const { name, value } of attributes) element.setAttribute(name, value);
    if (styles) element.setAttribute("style", styles);
  }
  const looks = [...root.querySelectorAll("*")].map((element) => {
    if (!element.checkVisibility()) return ""; // of what is not displayed WebKit tells looks of before
    const { fontSize, width, scale, zoom, display } = getComputedStyle(element);
    return [fontSize, width, scale, zoom, display].join();
  });
  return [plain.innerHTML, looks];
}

async function compare(what, operations, html = PAGE) {
  let held = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    document.body.replaceChildren();
    const draw = dice(seed);
    const [ours, theirs] = [copy(html), copy(html)];
    let change = null;
    const said = [];
    for (let step = 0; step < STEPS; step += 1) {
      const name = draw.one([...operations, "apply", "apply", "undo"]);
      said.push(name);
      if (name === "apply") {
        if (!change?.holds()) {
          change?.undo();
          change = createChange(ours.target, what, () => {});
          if (typeof change === "string") change = null;
        }
        change?.apply();
        held += change?.holds() ? 1 : 0;
      } else if (name === "undo") {
        change?.undo();
      } else {
        const operation = OPERATIONS[name](draw);
        operation(ours);
        operation(theirs);
      }
      if (draw.below(2)) await null; // several in one task, or each in its own
      if (name === "undo" || step === STEPS - 1) {
        change?.undo();
        change = null;
        const [now, without] = [read(ours), read(theirs)];
        if (JSON.stringify(now) !== JSON.stringify(without)) {
          throw new Error(`seed ${seed}, ${said.join(" ")}: is ${now}\nwithout us ${without}`);
        }
      }
    }
  }
  equal(held > SEEDS, true); // or nothing was tried
}

const ANY = ["attributes", "classes", "styles", "styleText", "inside", "content", "beside", "sorted", "target"];

test("a class", () => compare({ kind: "class", name: "roomy" }, ["classes", "classes", "ourClass", "attributes"]));

test("an attribute, also where the page writes the very same value", () =>
  compare({ kind: "attribute", name: "title", value: "Ours" }, ["attributes", "attributes", "classes"]));

test("a level, also where the page writes the very same one", () =>
  compare({ kind: "level", level: "easier" }, ["attributes", "attributes", "classes"]));

test("a pace, also where the page writes the very same one", () =>
  compare({ kind: "pace", attribute: "data-bs-interval", every_ms: 8000 }, ["attributes", "attributes"]));

test("what was hidden and is shown", () =>
  compare({ kind: "show" }, ["attributes", "attributes", "styles"], PAGE.replace("<div ", "<div hidden ")));

test("what was shown and is hidden", () => compare({ kind: "hide" }, ["styles", "styles", "styleText", "classes"]));

test("what was shown with a priority of its own and is hidden", () =>
  compare({ kind: "hide" }, ["styles", "classes"], PAGE.replace("flex", "flex!important")));

test("what was hidden, of an element without a style", () =>
  compare({ kind: "hide" }, ["styles", "styleText", "classes"], PAGE.replace(/ style="[^"]*"/, "")));

test("styles", () => compare({ kind: "style", style: { "font-size": "20px", width: "77px" } }, [...ANY, "styles", "styles"]));

test("a scale", () => compare({ kind: "scale", factor: 1.25 }, [...ANY, "styles", "styles"]));

test("a size", () => compare({ kind: "size", factor: 1.25 }, [...ANY, "styles", "styles"]));

test("a text", () => compare({ kind: "text", text: "Ours" }, ["inside", "inside", "content", "beside"]));

test("a swap", () => compare({ kind: "swap", variant: "x" }, ["inside", "inside", "content", "beside"]));

test("a prompt", () => compare({ kind: "prompt", variant: "x" }, ["inside", "inside", "content", "beside"]));

test("a move to the front", () => compare({ kind: "move", to: "first" }, ["beside", "beside", "around", "sorted", "target", "inside"]));

test("a move to the end", () => compare({ kind: "move", to: "last" }, ["beside", "beside", "around", "sorted", "target", "inside"]));

test("a move before a sibling", () => compare({ kind: "move", before: ".a" }, ["beside", "beside", "around", "sorted", "target", "inside"]));

test("an image", () =>
  compare(
    { kind: "enlarge", factor: 1.5 },
    ["styles", "styles", "styleText", "classes", "beside", "sorted"],
    `<section><p class="a">one</p><img class="target" width="20" height="10" src="data:,"><p>two</p><p>three</p></section>`,
  ));
