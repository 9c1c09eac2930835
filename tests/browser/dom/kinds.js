import { createChange } from "/page/adjust/change.js";
import { equal, frames, same, show, test } from "./harness.js";

function create(element, what, dismiss = () => {}) {
  const change = createChange(element, what, dismiss);
  if (typeof change === "string") throw new Error(change);
  return change;
}

function changed(element, what, dismiss) {
  const change = create(element, what, dismiss);
  change.apply();
  return change;
}

const look = (element, name) => getComputedStyle(element).getPropertyValue(name);
const reason = (html, what) => createChange(show(html), what, () => {});

test("styles lie over the page's own, are written nowhere, and need no inline style", () => {
  const element = show('<p style="font-size:10px">x</p>');
  const before = document.body.innerHTML;
  const change = changed(element, { kind: "style", style: { "font-size": "20px", "padding-top": "25px", color: "red" } });
  equal([look(element, "font-size"), look(element, "padding-top"), look(element, "color")], ["20px", "25px", "rgb(255, 0, 0)"]);
  equal(document.body.innerHTML, before);
  element.style.fontSize = "30px"; // what the page does shows when we are gone
  equal(look(element, "font-size"), "20px");
  change.undo();
  equal([look(element, "font-size"), look(element, "padding-top")], ["30px", "0px"]);
  equal(element.getAnimations().length, 0);
});

test("styles come at once: nothing glides, whatever transition the page has", () => {
  const element = show('<p style="font-size:10px;transition:all 10s">x</p>');
  equal(look(element, "font-size"), "10px");
  const change = changed(element, { kind: "style", style: { "font-size": "20px" } });
  equal(look(element, "font-size"), "20px");
  change.undo();
  equal(look(element, "font-size"), "10px");
});

test("a style that is not on the list, or that this browser does not know, is refused", () => {
  equal(reason("<p>x</p>", { kind: "style", style: { position: "fixed" } }), "position is not on the list of styles");
  equal(reason("<p>x</p>", { kind: "style", style: { color: "url(x)" } }), "color: url(x) is no plain value");
  equal(reason("<p>x</p>", { kind: "style", style: { color: "colourful" } }), "this browser knows no color: colourful");
});

test("a page that cancels all animations takes our styles along, and we know", () => {
  const element = show("<p>x</p>");
  const change = changed(element, { kind: "style", style: { "font-size": "20px" } });
  for (const animation of document.getAnimations()) animation.cancel();
  equal(change.holds(), false);
  change.apply();
  equal([change.holds(), look(element, "font-size")], [true, "20px"]);
});

test("an animation of the page's own that ends does not take our styles along", async () => {
  const element = show('<p style="font-size:10px">x</p>');
  const change = changed(element, { kind: "style", style: { "font-size": "20px" } });
  const theirs = element.animate({ fontSize: ["11px", "12px"] }, { duration: 1, fill: "forwards" });
  await theirs.finished;
  await frames();
  theirs.cancel();
  equal([look(element, "font-size"), change.holds()], ["20px", true]);
});

test("a scale multiplies what the page has, and moves nothing", () => {
  const element = show('<p style="scale:2">x</p><p>after</p>');
  const [top, width] = [element.nextSibling.getBoundingClientRect().top, element.getBoundingClientRect().width];
  const change = changed(element, { kind: "scale", factor: 1.5 });
  equal([look(element, "scale"), element.getBoundingClientRect().width], ["3", 1.5 * width]);
  equal(element.nextSibling.getBoundingClientRect().top, top);
  change.undo();
  equal(look(element, "scale"), "2");
});

test("what has something in it that is placed by what lies around is not scaled, unless it holds that already", () => {
  const said = "something in it is placed by what lies around it";
  const scale = { kind: "scale", factor: 1.5 };
  const inShadow = (html, inner) => {
    const element = show(html);
    element.querySelector("p").attachShadow({ mode: "open" }).innerHTML = inner;
    return createChange(element, scale, () => {});
  };
  const out = "position:fixed;bottom:0";
  const badge = "position:absolute;top:0";
  document.head.insertAdjacentHTML("beforeend", "<style>.link::after{content:'';position:absolute;inset:0}</style>");
  const told = (change) => (typeof change === "string" ? change : "");
  for (const style of [out, badge]) {
    equal(told(reason(`<div><p><b style="${style}">x</b></p></div>`, scale)), said);
    equal(told(inShadow("<div><p></p></div>", `<b style="${style}">x</b>`)), said);
  }
  equal(told(reason('<div style="position:relative"><p><b style="position:fixed">x</b></p></div>', scale)), said);
  equal(told(reason('<div><a class="link">x</a></div>', scale)), said);
  equal(told(reason(`<div style="position:relative"><p><b style="${badge}">x</b><a class="link">x</a></p></div>`, scale)), "");
  equal(told(reason(`<div><p style="position:relative"><b style="${badge}">x</b></p></div>`, scale)), "");
  equal(told(reason(`<div style="transform:none;scale:1.1"><b style="${out}">x</b><b style="${badge}">x</b></div>`, scale)), "");
});

test("a size multiplies what the page has, and what is around makes room", () => {
  const element = show('<p style="font-size:10px;line-height:20px;margin:0;zoom:1.5">x</p><p style="margin:0">after</p>');
  const change = changed(element, { kind: "size", factor: 2 });
  equal(element.nextSibling.getBoundingClientRect().top, 60);
  change.apply();
  equal(element.nextSibling.getBoundingClientRect().top, 60);
  change.undo();
  equal(element.nextSibling.getBoundingClientRect().top, 30);
});

test("what is hidden leaves the tab order and what is read out, also against a sheet's !important", () => {
  const element = show("<div class=box><button>x</button></div><style>.box{display:flex!important}</style>");
  const before = document.body.innerHTML;
  const change = changed(element, { kind: "hide" });
  element.firstChild.focus();
  equal([element.firstChild.checkVisibility(), document.activeElement.localName], [false, "body"]);
  change.undo();
  equal(document.body.innerHTML, before);
});

test("the whole page is not hidden nor written anew, and nothing is changed that nobody sees", () => {
  for (const element of [document.body, document.documentElement]) {
    equal(createChange(element, { kind: "hide" }, () => {}), "it is the whole page");
    equal(createChange(element, { kind: "text", text: "Ours" }, () => {}), "it is the whole page");
  }
  for (const name of ["script", "style", "template", "noscript"]) {
    const what = { kind: "class", name: "roomy" };
    equal(createChange(document.createElement(name), what, () => {}), `<${name}> is nothing that a visitor sees`);
  }
});

test("what the page keeps back is shown as the page would show it", () => {
  const element = show("<div class=box hidden>x</div><style>.box{display:grid}[hidden]{display:none!important}</style>");
  const before = document.body.innerHTML;
  const change = changed(element, { kind: "show" });
  equal([look(element, "display"), element.hidden], ["grid", true]);
  change.undo();
  equal([look(element, "display"), document.body.innerHTML], ["none", before]);
});

test("what the page shows itself meanwhile stays when ours is undone", () => {
  const element = show("<div hidden>x</div>");
  const change = changed(element, { kind: "show" });
  element.hidden = false;
  change.undo();
  equal(look(element, "display"), "block");
});

test("what a style hides too is shown all the same; what the page does not keep back is refused", () => {
  equal(reason("<p>x</p>", { kind: "show" }), "it has no attribute hidden");
  const element = show('<p hidden style="display:none">x</p>');
  const change = changed(element, { kind: "show" });
  equal(look(element, "display"), "block");
  change.undo();
  equal([look(element, "display"), element.hidden], ["none", true]);
});

test("what is hidden until it is found would stay empty, and is refused", () => {
  const why = "it is hidden until it is found, and stays empty: let it be hidden";
  equal(reason("<p hidden=until-found>x</p>", { kind: "show" }), why);
  equal(reason("<p hidden=Until-Found>x</p>", { kind: "show" }), why);
  equal(typeof reason("<p hidden=hidden>x</p>", { kind: "show" }), "object");
});

test("no attribute is set whose name only a framework reads, whatever the browser lets be set", () => {
  for (const name of ["@click", "(click)", "[hidden]", "_"]) {
    const element = show("<p>x</p>");
    const said = createChange(element, { kind: "attribute", name, value: "go()" }, () => {});
    if (typeof said !== "string") said.apply();
    equal([said, element.outerHTML], [`${name} is no plain name of an attribute`, "<p>x</p>"]);
  }
});

const LIST = "<ul><li>a</li><li>b</li><li class=t>t</li><li class=c>c</li></ul>";
const order = () => document.querySelector("ul").textContent;

test("an element moves within its container and back to its place", () => {
  for (const [where, moved] of [[{ to: "first" }, "tabc"], [{ to: "last" }, "abct"], [{ before: "li" }, "tabc"], [{ before: ".c" }, "abtc"]]) {
    show(LIST);
    const before = document.body.innerHTML;
    const change = changed(document.querySelector(".t"), { kind: "move", ...where });
    equal([order(), change.holds()], [moved, true]);
    change.undo();
    equal(document.body.innerHTML, before);
  }
});

test("the focus in it survives a move", () => {
  show(LIST);
  const element = document.querySelector(".t");
  element.tabIndex = 0;
  element.focus();
  const change = changed(element, { kind: "move", to: "first" });
  same(document.activeElement, element);
  change.undo();
  same(document.activeElement, element);
});

test("what comes after what was moved to the end is noticed, and it is moved again", () => {
  const list = show(LIST);
  const change = changed(document.querySelector(".t"), { kind: "move", to: "last" });
  list.append("d", Object.assign(document.createElement("li"), { textContent: "e" }));
  equal([order(), change.holds()], ["abctde", false]);
  change.apply();
  equal(order(), "abcdet");
  change.undo();
  equal(order(), "abtcde");
});

test("without its sibling, or a container, nothing moves", () => {
  equal(reason("<p>x</p>", { kind: "move", before: ".no" }), "nothing beside it matches .no");
  equal(createChange(document.createElement("p"), { kind: "move", to: "last" }, () => {}), "it is in no container");
});

test("an image grows in its proportions, at most to the width of its container", () => {
  show('<div style="width:900px"><img width="400" height="100" src="/dom/small.svg"><p>after</p></div>');
  const image = document.querySelector("img");
  const before = document.body.innerHTML;
  const change = changed(image, { kind: "enlarge", factor: 2 });
  equal([image.offsetWidth, image.offsetHeight], [800, 200]);
  change.undo();
  equal([image.offsetWidth, document.body.innerHTML], [400, before]);
  const wide = changed(image, { kind: "enlarge", factor: 3 });
  equal([image.offsetWidth, image.offsetHeight], [900, 225]);
  wide.undo();
});

test("a larger source is shown only if the page has loaded it for everybody", async () => {
  const image = show('<img width="400" height="100" src="/dom/small.svg" srcset="/dom/small.svg 2x" data-large="/dom/large.svg">');
  const change = changed(image, { kind: "enlarge", factor: 1.5 });
  equal(image.getAttribute("src"), "/dom/small.svg");
  change.undo();
  const preload = Object.assign(document.createElement("link"), { rel: "preload", as: "image", href: "/dom/large.svg" });
  document.head.append(preload);
  await new Promise((done) => (preload.onload = done));
  const loaded = changed(image, { kind: "enlarge", factor: 1.5 });
  equal([image.getAttribute("src"), image.getAttribute("srcset")], ["/dom/large.svg", null]);
  loaded.undo();
  equal([image.getAttribute("src"), image.getAttribute("srcset")], ["/dom/small.svg", "/dom/small.svg 2x"]);
});

test("what is no image, or has no size, is not enlarged", () => {
  equal(reason("<p>x</p>", { kind: "enlarge", factor: 2 }), "it is no <img>");
  equal(reason("<img hidden>", { kind: "enlarge", factor: 2 }), "it has no size yet");
});

const HELP =
  '<form><input id="own"><template data-trimtab-variant="help"><p>Need <b>help</b>?</p><button data-trimtab-dismiss>No</button>' +
  "</template><i>after</i></form>";
const HELPFUL = { kind: "prompt", variant: "help" };

test("a prompt stands where its template does, as a region that is read out politely, and takes no focus", async () => {
  const form = show(HELP);
  const before = document.body.innerHTML;
  document.querySelector("#own").focus();
  const change = changed(form, HELPFUL);
  const region = document.querySelector("[role=status]");
  same(region.nextSibling, document.querySelector("template"));
  equal(region.firstChild.checkVisibility({ visibilityProperty: true }), false); // in its room, and still silent
  await frames();
  equal(region.firstChild.checkVisibility({ visibilityProperty: true }), true);
  equal([region.textContent, document.activeElement.id, change.holds()], ["Need help?No", "own", true]);
  change.undo();
  equal(document.body.innerHTML, before);
});

test("the button of a prompt dismisses it, sends no form, and the focus goes back to where it was", async () => {
  const form = show(HELP);
  let [sent, dismissed] = [0, 0];
  form.onsubmit = (event) => {
    event.preventDefault();
    sent += 1;
  };
  const change = changed(form, HELPFUL, () => {
    dismissed += 1;
    change.undo();
  });
  await frames();
  document.querySelector("#own").focus();
  const button = document.querySelector("[role=status] button");
  button.focus();
  document.querySelector("[role=status] b").click();
  equal(dismissed, 0);
  button.click();
  equal([sent, dismissed, document.activeElement.id, document.querySelector("[role=status]")], [0, 1, "own", null]);
});

test("in a shadow root too the focus goes back to where it was", async () => {
  const root = show("<div></div>").attachShadow({ mode: "open" });
  root.innerHTML = HELP;
  const change = changed(root.firstElementChild, HELPFUL, () => change.undo());
  await frames();
  root.querySelector("#own").focus();
  const button = root.querySelector("[role=status] button");
  button.focus();
  button.click();
  equal([root.activeElement?.id, root.querySelector("[role=status]")], ["own", null]);
});

test("a prompt that nobody could dismiss is refused", () => {
  const html = '<div><template data-trimtab-variant="help"><p>Need help?</p><a data-trimtab-dismiss>No</a></template></div>';
  equal(reason(html, HELPFUL), '<template data-trimtab-variant="help"> has no <button data-trimtab-dismiss>');
  equal(reason("<div></div>", HELPFUL), 'no <template data-trimtab-variant="help"> in it');
});

test("a level is an attribute and an event, and so is what comes back", () => {
  const element = show('<p data-level="normal">x</p>');
  const told = [];
  document.body.addEventListener("trimtab:level", ({ detail, target }) => told.push([detail.level, target === element]));
  const change = changed(element, { kind: "level", level: "easier" });
  change.apply();
  equal(element.dataset.level, "easier");
  change.undo();
  equal([element.dataset.level, told], ["normal", [["easier", true], ["normal", true]]]);
});

test("an event is sent once, and once more to undo it", () => {
  const element = show("<p>x</p>");
  const told = [];
  document.body.addEventListener("shop:compare", ({ detail }) => told.push(detail));
  const change = changed(element, { kind: "event", name: "shop:compare", detail: { columns: 2 } });
  change.apply();
  equal([told, change.holds()], [[{ columns: 2, undo: false }], true]);
  change.undo();
  change.undo();
  equal(told, [{ columns: 2, undo: false }, { columns: 2, undo: true }]);
});

test("a pace is the attribute that the carousel reads", () => {
  const element = show('<div data-bs-interval="5000">x</div>');
  const what = { kind: "pace", attribute: "data-bs-interval", every_ms: 8000 };
  const change = changed(element, what);
  equal(element.getAttribute("data-bs-interval"), "8000");
  change.undo();
  equal(element.getAttribute("data-bs-interval"), "5000");
  equal(createChange(element, { ...what, attribute: "onclick" }, () => {}), "onclick is no attribute for data");
});

test("for a visitor who wants less motion nothing begins to move, or moves quicker; slower it may", () => {
  const real = globalThis.matchMedia;
  globalThis.matchMedia = (query) => ({ matches: query === "(prefers-reduced-motion: reduce)" });
  const what = { kind: "pace", attribute: "data-bs-interval", every_ms: 8000 };
  const said = ["<p>x</p>", '<p data-bs-interval="9000">x</p>', '<p data-bs-interval="5000">x</p>'].map((html) => reason(html, what));
  globalThis.matchMedia = real;
  equal(said.map((each) => (typeof each === "string" ? each : "")), ["the visitor wants less motion", "the visitor wants less motion", ""]);
});

test("a text is for what shows its text", () => {
  const what = { kind: "text", text: "Ours" };
  equal(reason("<textarea></textarea>", what), "<textarea> has no text of its own");
  equal(reason("<iframe></iframe>", what), "<iframe> has no text of its own");
  equal(reason("<option>Red</option>", what), "<option> has no text of its own");
});

test("what a visitor writes in is not given other content", () => {
  const words = "the visitor writes in it";
  equal(reason('<p contenteditable="true">draft</p>', { kind: "text", text: "Ours" }), words);
  const block = '<p contenteditable="true">draft<template data-trimtab-variant="short">x</template></p>';
  equal(reason(block, { kind: "swap", variant: "short" }), words);
});

test("no dialog is hidden, and no field that its form needs", () => {
  equal(reason("<dialog open>x</dialog>", { kind: "hide" }), "its page opens and closes it");
  equal(reason("<div popover>x</div>", { kind: "hide" }), "its page opens and closes it");
  equal(reason("<div><input required></div>", { kind: "hide" }), "a form needs a field of it");
  equal(reason("<input required>", { kind: "hide" }), "a form needs a field of it");
});

test("a dialog or a needed field in a shadow root is not hidden with its component either", () => {
  for (const [inner, why] of [
    ["<dialog>x</dialog>", "a dialog in it would lock the page, unseen"],
    ["<form><input required></form>", "a form needs a field of it"],
    ["<p>x</p>", ""],
  ]) {
    for (const html of ["<my-card></my-card>", "<div><my-card></my-card></div>"]) {
      const element = show(html);
      const outer = document.querySelector("my-card").attachShadow({ mode: "open" });
      outer.innerHTML = "<my-part></my-part>";
      outer.firstChild.attachShadow({ mode: "open" }).innerHTML = inner;
      const change = createChange(element, { kind: "hide" }, () => {});
      equal(typeof change === "string" ? change : "", why);
    }
  }
});

test("a dialog or a needed field that is shown in a slot is not hidden with what is around the slot", () => {
  for (const [inner, why] of [
    ["<dialog>x</dialog>", "a dialog in it would lock the page, unseen"],
    ["<p><input required></p>", "a form needs a field of it"],
    ["<input required>", "a form needs a field of it"],
    ["<p>x</p>", ""],
  ]) {
    const outer = show(`<my-card>${inner}</my-card>`).attachShadow({ mode: "open" });
    outer.innerHTML = "<div><my-part><slot></slot></my-part></div>";
    const inmost = outer.querySelector("my-part").attachShadow({ mode: "open" });
    inmost.innerHTML = "<div><slot></slot></div>";
    for (const element of [outer.firstChild, inmost.firstChild, inmost.querySelector("slot")]) {
      const change = createChange(element, { kind: "hide" }, () => {});
      equal(typeof change === "string" ? change : "", why);
    }
  }
});

test("a drawn canvas is not wiped by a size of its own", () => {
  const canvas = show('<canvas width="40" height="40"></canvas>');
  canvas.getContext("2d").fillRect(0, 0, 40, 40);
  for (const name of ["width", "height"]) {
    const change = createChange(canvas, { kind: "attribute", name, value: "40" }, () => {});
    if (typeof change !== "string") change.apply();
    equal([name, change], [name, `${name} would wipe a canvas`]);
  }
  equal(canvas.getContext("2d").getImageData(5, 5, 1, 1).data[3], 255);
});

test("what is done to an element that the page takes away is undone there too", () => {
  const whats = [
    { kind: "class", name: "roomy" },
    { kind: "attribute", name: "title", value: "Ours" },
    { kind: "hide" },
    { kind: "text", text: "Ours" },
    { kind: "prompt", variant: "help" },
    { kind: "level", level: "easier" },
    { kind: "style", style: { "font-size": "20px" } },
    { kind: "move", to: "last" },
  ];
  for (const what of whats) {
    const page = show(`<div><div class="x">${HELP.replace('<input id="own">', "")}</div><p>after</p></div>`);
    const element = page.firstChild;
    const before = element.outerHTML;
    const change = changed(element, what);
    element.remove();
    change.undo();
    equal([what.kind, element.outerHTML, page.innerHTML], [what.kind, before, "<p>after</p>"]);
  }
});
