import { createChange } from "/page/adjust/change.js";
import { equal, same, show, test } from "./harness.js";

const SHORT = { kind: "swap", variant: "short" };
const LONG = '<p id="p">Long <b>text</b></p><template data-trimtab-variant="short"><p>Short</p></template>';

function changed(element, what) {
  const change = createChange(element, what);
  if (typeof change === "string") throw new Error(change);
  change.apply();
  return change;
}

test("a class that was not there leaves no trace", () => {
  const element = show("<p>x</p>");
  const before = document.body.innerHTML;
  const change = changed(element, { kind: "class", name: "roomy" });
  equal(element.className, "roomy");
  change.undo();
  equal(document.body.innerHTML, before);
});

test("a class attribute comes back to the letter, white space included", () => {
  const element = show('<p class="  a   b ">x</p>');
  const change = changed(element, { kind: "class", name: "roomy" });
  change.undo();
  equal(element.getAttribute("class"), "  a   b ");
});

test("a class that the page has itself stays", () => {
  const element = show('<p class="roomy">x</p>');
  changed(element, { kind: "class", name: "roomy" }).undo();
  equal(element.className, "roomy");
});

test("classes that the page changes meanwhile stay as the page left them", () => {
  const element = show('<p class="a b">x</p>');
  const change = changed(element, { kind: "class", name: "roomy" });
  element.classList.add("c");
  element.classList.remove("a");
  change.undo();
  equal(element.className, "b c");
  const rewritten = changed(element, { kind: "class", name: "roomy" });
  element.className = "other";
  rewritten.undo();
  equal(element.className, "other");
});

test("an attribute comes back, or goes if there was none", () => {
  const element = show('<a href="/long">x</a>');
  const change = changed(element, { kind: "attribute", name: "href", value: "/short" });
  equal(element.getAttribute("href"), "/short");
  change.undo();
  equal(element.getAttribute("href"), "/long");
  changed(element, { kind: "attribute", name: "open", value: "" }).undo();
  equal(element.hasAttribute("open"), false);
});

test("an attribute that the page or the visitor changes meanwhile stays", () => {
  const element = show("<details>x</details>");
  const change = changed(element, { kind: "attribute", name: "open", value: "" });
  element.removeAttribute("open");
  change.undo();
  equal(element.hasAttribute("open"), false);
  const other = changed(element, { kind: "attribute", name: "data-level", value: "2" });
  element.setAttribute("data-level", "3");
  other.undo();
  equal(element.getAttribute("data-level"), "3");
});

test("a dangerous attribute is refused with a reason, and nothing is set", () => {
  const element = show("<p>x</p>");
  const what = { kind: "attribute", name: "onclick", value: "x" };
  equal(createChange(element, what), "onclick can run script, load something or change what a form sends");
  equal(element.outerHTML, "<p>x</p>");
});

test("a swap shows the author's block and gives back the very same nodes", () => {
  const element = show(`<div>${LONG}</div>`);
  const [before, nodes] = [document.body.innerHTML, [...element.childNodes]];
  let clicks = 0;
  element.firstChild.addEventListener("click", () => (clicks += 1));
  const change = changed(element, SHORT);
  equal(element.textContent, "Short");
  change.undo();
  equal(document.body.innerHTML, before);
  nodes.forEach((node, index) => same(element.childNodes[index], node));
  element.firstChild.click();
  equal(clicks, 1);
});

test("a change can be done and undone again and again", () => {
  const element = show(`<div>${LONG}</div>`);
  const before = document.body.innerHTML;
  const change = changed(element, SHORT);
  const shown = document.body.innerHTML;
  for (let turn = 0; turn < 3; turn += 1) {
    change.undo();
    equal(document.body.innerHTML, before);
    change.apply();
    equal(document.body.innerHTML, shown);
  }
});

test("a swap without its block, or with a script in it, is refused with a reason", () => {
  const element = show('<div>x<template data-trimtab-variant="short"><script>1</script></template></div>');
  equal(createChange(element, SHORT), '<template data-trimtab-variant="short"> holds a script');
  equal(createChange(element, { kind: "swap", variant: "tiny" }), 'no <template data-trimtab-variant="tiny"> in it');
});

test("an empty block finds its way back too", () => {
  const element = show('<div>Long<template data-trimtab-variant="short"></template></div>');
  const before = document.body.innerHTML;
  const change = changed(element, SHORT);
  equal(element.textContent, "");
  change.undo();
  equal(document.body.innerHTML, before);
});

test("what the page adds beside our block stays when the page's own comes back", () => {
  const element = show(`<div>${LONG}</div>`);
  const change = changed(element, SHORT);
  element.append("after");
  element.prepend("before");
  change.undo();
  equal(element.firstChild.data, "before");
  equal(element.lastChild.data, "after");
  equal(element.querySelector("#p").outerHTML, '<p id="p">Long <b>text</b></p>');
});

test("content that the page writes anew stays", () => {
  const element = show(`<div>${LONG}</div>`);
  const change = changed(element, SHORT);
  element.innerHTML = "<i>new</i>";
  change.undo();
  equal(element.innerHTML, "<i>new</i>");
});

test("what the page does to its nodes while they are away has happened when they come back", () => {
  const element = show("<div><p>one</p><p>two</p><p>three</p></div>");
  const [one, two, three] = element.children;
  const change = changed(element, { kind: "text", text: "short" });
  equal([element.textContent, element.children.length], ["short", 0]);
  one.textContent = "ONE";
  two.remove();
  three.after("four");
  change.undo();
  equal(element.innerHTML, "<p>ONE</p><p>three</p>four");
});

test("a node that the page takes elsewhere meanwhile is left there", () => {
  const element = show("<div><p>one</p><p>two</p></div>");
  const [one] = element.children;
  const change = changed(element, { kind: "text", text: "short" });
  document.body.append(one);
  change.undo();
  equal(element.innerHTML, "<p>two</p>");
  same(one.parentNode, document.body);
});

test("text is text, never markup", () => {
  const element = show("<p>x</p>");
  changed(element, { kind: "text", text: "<img src=x onerror=alert(1)>" });
  equal(element.children.length, 0);
  equal(element.textContent, "<img src=x onerror=alert(1)>");
});

/** Each kind, and what a page does that displaces it. */
const DISPLACED = [
  [{ kind: "class", name: "roomy" }, (element) => (element.className = "page"), '<p class="page">x</p>'],
  [{ kind: "attribute", name: "title", value: "ours" }, (element) => (element.title = "page"), '<p title="page">x</p>'],
  [{ kind: "text", text: "ours" }, (element) => element.replaceChildren("page"), "<p>page</p>"],
  [SHORT, (element) => element.replaceChildren("page"), "<p>page</p>"],
];

test("a change knows whether it still holds, and is put again where the page has displaced it", () => {
  for (const [what, displace, left] of DISPLACED) {
    const element = show(what === SHORT ? '<p>x<template data-trimtab-variant="short">ours</template></p>' : "<p>x</p>");
    const change = createChange(element, what);
    equal(change.holds(), false);
    change.apply();
    const shown = element.outerHTML;
    change.apply();
    equal([change.holds(), element.outerHTML], [true, shown]);
    displace(element);
    equal([change.holds(), element.outerHTML], [false, left]);
    change.apply();
    equal(change.holds(), true);
    change.undo();
    equal([change.holds(), element.outerHTML], [false, left]);
    change.undo();
    equal(element.outerHTML, left);
  }
});

test("a kind that is not on the list is refused", () => {
  equal(createChange(show("<p>x</p>"), { kind: "html", html: "<b>" }), 'this tag knows no adjustment of kind "html"');
});

test("a page that joins its texts takes nothing of ours, and nothing of its own along", () => {
  for (const what of [SHORT, { kind: "text", text: "Ours" }]) {
    const element = show(`<div>long<template data-trimtab-variant="short">Short</template></div>`);
    const change = changed(element, what);
    element.prepend("before");
    element.append("after");
    document.body.normalize();
    equal(change.holds(), true);
    change.undo();
    equal(element.innerHTML, 'beforelong<template data-trimtab-variant="short">Short</template>after');
  }
});
