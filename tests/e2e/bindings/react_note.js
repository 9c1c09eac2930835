/** A note that React takes over when `hydrate()` is called, in a root whose name says nothing of it. */

import { createElement } from "react";
import { hydrateRoot } from "react-dom/client";

const Note = () => createElement("p", { className: "note" }, "A note");

window.recovered = [];
window.hydrate = () =>
  hydrateRoot(document.querySelector("aside"), createElement(Note), {
    onRecoverableError: (error) => window.recovered.push(String(error)),
  });
