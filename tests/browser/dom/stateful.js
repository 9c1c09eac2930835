/** What an element holds besides its nodes: fields, frames, what plays, what is open, how far it is scrolled. */

import { createChange } from "/page/adjust/change.js";
import { keepShown } from "/page/shown.js";
import { equal, frames, same, show, test } from "./harness.js";

const TEXT = { kind: "text", text: "Ours" };
const SHORT = { kind: "swap", variant: "short" };
const BLOCK = '<template data-trimtab-variant="short"><p>Short</p></template>';
const said = (change) => (typeof change === "string" ? change : "");

/** Each in a target, and how the reason names it. */
const STATEFUL = {
  '<label>Name <input name="n" value="typed"></label>': "input",
  '<select name="s"><option>a</option></select>': "select",
  '<p><textarea name="t">typed</textarea></p>': "textarea",
  '<iframe src="about:blank"></iframe>': "iframe",
  '<object data="/dom/small.svg"></object>': "object",
  "<video></video>": "video",
  "<audio controls></audio>": "audio",
  "<dialog open>x</dialog>": "dialog",
  '<p contenteditable="true">draft</p>': "p",
  "<svg><symbol id='cart'></symbol></svg>": "symbol",
  "<svg><linearGradient id='sky'></linearGradient></svg>": "linearGradient",
};

test("content that would lose what it holds is left in its place, and the reason names it", () => {
  for (const [html, name] of Object.entries(STATEFUL)) {
    for (const what of [TEXT, SHORT]) {
      const element = show(`<form><div>${html}${BLOCK}</div></form>`).firstChild;
      const before = document.body.innerHTML;
      equal(said(createChange(element, what)), `<${name}> in it would lose what it holds`);
      equal(document.body.innerHTML, before);
    }
  }
});

test("a whole form gives way with its fields, and comes back with what was typed and chosen; half a form does not", () => {
  const exercise = '<input type="radio" name="answer" value="a"><input type="radio" name="answer" value="b"><textarea>';
  const element = show(`<section><form>${exercise}</textarea></form>${BLOCK}</section>`);
  const form = element.firstChild;
  form.children[1].checked = true;
  form.children[2].value = "typed";
  const change = createChange(element, SHORT);
  change.apply();
  equal(element.textContent, "Short");
  change.undo();
  equal(element.firstChild === form, true);
  equal([form.elements.answer.value, form.children[2].value], ["b", "typed"]);
  equal(said(createChange(form, TEXT)), "<input> in it would lose what it holds");
  const apart = show('<div><p><input name="n" form="other"></p><form id="other"></form></div>').firstChild;
  equal(said(createChange(apart, TEXT)), "<input> in it would lose what it holds");
  equal(said(createChange(show("<p><input></p>"), TEXT)), "<input> in it would lose what it holds");
});

test("popovers and dialogs stay, closed ones too: out of sight nobody could open them; a button may go", () => {
  const html = { popover: "<b popover>x</b>", dialog: "<dialog>x</dialog>", button: '<button name="buy">Buy</button>' };
  const all = Object.entries(html).map(([name, inner]) => [name, said(createChange(show(`<div>${inner}</div>`), TEXT))]);
  equal(Object.fromEntries(all), {
    popover: "<b> in it would lose what it holds",
    dialog: "<dialog> in it would lose what it holds",
    button: "",
  });
});

test("a field that the page has made itself stays in its form", () => {
  const Field = class extends HTMLElement {
    static formAssociated = true;
    internals = this.attachInternals();
    connectedCallback() {
      this.internals.setFormValue("picked");
    }
  };
  customElements.define("date-field", Field);
  customElements.define("plain-icon", class extends HTMLElement {});
  const form = show('<form><div><date-field name="day"></date-field></div><p><plain-icon></plain-icon></p></form>');
  equal(said(createChange(form.firstChild, TEXT)), "<date-field> in it would lose what it holds");
  equal([...new FormData(form)], [["day", "picked"]]);
  equal(said(createChange(form.lastChild, TEXT)), "");
});

test("what is scrolled inside of the content, and the element itself, are where they were when it comes back", async () => {
  const long = '<div style="height:900px;width:900px">x</div>';
  const element = show(
    `<div style="height:300px;overflow:auto;scroll-behavior:smooth"><ul style="height:100px;width:300px;overflow:auto">${long}</ul>${long}</div>`,
  );
  const list = element.firstChild;
  list.scrollTo(30, 70);
  element.scrollTo({ top: 200, behavior: "instant" });
  const change = createChange(element, TEXT);
  change.apply();
  await frames();
  equal(element.scrollTop, 0);
  change.undo();
  equal([list.scrollLeft, list.scrollTop, element.scrollTop], [30, 70, 200]);
});

test("what the page has taken elsewhere meanwhile is scrolled by the page alone", () => {
  const long = '<div style="height:900px">x</div>';
  const element = show(`<div><ul style="height:100px;overflow:auto">${long}</ul><p>y</p></div>`);
  const list = element.firstChild;
  list.scrollTop = 70;
  const change = createChange(element, TEXT);
  change.apply();
  document.body.append(list);
  list.scrollTop = 10;
  change.undo();
  equal(list.scrollTop, 10);
});

test("a move keeps what the element holds, and where the browser cannot, it does not move", async () => {
  const list = show('<ul><li>a</li><li><iframe src="/frame"></iframe></li></ul>');
  const [frame] = list.getElementsByTagName("iframe");
  await new Promise((done) => (frame.onload = done));
  const inside = frame.contentWindow;
  inside.held = "typed";
  if ("moveBefore" in Element.prototype) { // not in WebKit yet
    const change = createChange(list.lastChild, { kind: "move", to: "first" });
    change.apply();
    same(list.firstChild.firstChild, frame);
    change.undo();
    same(frame.contentWindow, inside);
    equal(frame.contentWindow.held, "typed");
    delete Element.prototype.moveBefore;
  }
  const said = createChange(list.lastChild, { kind: "move", to: "first" });
  equal(said, "<iframe> in it would lose what it holds");
});

test("the script in the head is told to leave such content alone too", () => {
  const adjustments = [TEXT, SHORT, { kind: "class", name: "roomy" }].map((what) => ({ name: "a", target: 0, do: what }));
  keepShown({ hash: "x", adjustments, targets: [{ name: "card", selector: ".card, .other" }] }, [0, 1, 2]);
  const { changes } = JSON.parse(sessionStorage["trimtab.shown"]);
  show('<div><p class="card" id="a"><input></p><p class="card" id="b">x</p><p class="other" id="c">x</p></div>');
  const found = changes.map(([, selector]) => [...document.querySelectorAll(selector)].map(({ id }) => id).join(""));
  equal(found, ["bc", "bc", "abc"]);
});
