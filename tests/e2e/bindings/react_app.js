/** A page that React owns and re-renders every 50 ms, in StrictMode, hydrated from what a server has rendered. */

import { createElement, StrictMode, useEffect, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";

import { useAdjustment, useSegment } from "../../../agent/trimtab/browser/bindings/trimtab-react.js";

function Story() {
  const short = useAdjustment("short-story");
  const eager = useSegment("eager");
  const [renders, setRenders] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRenders((count) => count + 1), 50);
    return () => clearInterval(timer);
  }, []);
  const words = `${short ? "Short." : "A long story."} ${eager ? "Eager" : "Calm"}`;
  return createElement("p", { id: "story", "data-renders": renders }, words);
}

const App = () => createElement(StrictMode, null, createElement(Story));
const root = document.getElementById("root");

window.rendered = renderToString(createElement(App)); // no window.trimtab, no document is asked for here
window.recovered = [];
root.innerHTML = window.rendered;
const mounted = hydrateRoot(root, createElement(App), { onRecoverableError: (error) => recovered.push(String(error)) });
window.unmount = () => mounted.unmount();
