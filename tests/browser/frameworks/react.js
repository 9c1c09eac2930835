/** A page of React's: the same component in `#root`, which is adjusted, and in `#control`, which is not. */

import { createElement, useEffect, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server.browser";

import { items } from "./items.js";

function App({ mode }) {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    ticks.push(setTick);
    document.querySelector("[data-trimtab-wait]")?.removeAttribute("data-trimtab-wait");
  }, []);
  const card = createElement("p", { className: `card n${tick}`, key: mode === "replace" ? tick : "card" }, "card ", tick);
  const list = items(tick).map((item) => createElement("b", { key: item }, item));
  return createElement("main", null, mode === "remove" && tick % 2 ? null : card, createElement("p", { className: "list" }, list));
}

const ticks = [];
const roots = [document.querySelector("#root, #shell"), document.querySelector("#control")];
const errors = [];
const options = { onUncaughtError: note, onCaughtError: note, onRecoverableError: note };

function note(error) {
  errors.push(String(error));
}

window.frame = {
  errors,
  tick: (n) => ticks.forEach((set) => set(n)),
  html: (mode) => renderToString(createElement(App, { mode })),
  render: (mode) => roots.forEach((root) => createRoot(root, options).render(createElement(App, { mode }))),
  hydrate: (mode) => roots.forEach((root) => hydrateRoot(root, createElement(App, { mode }), options)),
};
