/** A worker that wakes a light runtime and tells what Python expressions are there, as text. */
import { wakeUnit } from "./waking.js";

self.onmessage = async ({ data: { base, runtime, expressions } }) => {
  const python = await wakeUnit(base, runtime);
  const evaluate = python._api._pyodide._base.eval_code;
  setTimeout(() => {
    // A trap here is an error of the worker; one in a promise nobody hears of.
    self.postMessage(expressions.map((/** @type {string} */ expression) => evaluate(`import sys; str(${expression})`)));
  });
};
