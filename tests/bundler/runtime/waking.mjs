/** Wakes a lean runtime in Node and writes what Python expressions are there. Standard input: a `Job`, see below. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @type {{engine: string, wake: string, images: string[], pages: number, slots: number, expressions: string[]}} */
const { engine, wake: script, images: paths, pages, slots, expressions } = JSON.parse(readFileSync(0, "utf-8"));
Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: engine });
const { wake } = await import(pathToFileURL(script).href);
const { create } = await import(pathToFileURL(join(engine, "lean.mjs")).href);
const module = new WebAssembly.Module(readFileSync(join(engine, "lean.wasm")));
const images = paths.map((path) => new Uint8Array(readFileSync(path)));
const python = await wake({ create, module, images, pages, slots });
python.pyimport("trimtab.browser.waking").wake();
const evaluate = python._api._pyodide._base.eval_code;
writeFileSync(1, JSON.stringify(expressions.map((expression) => evaluate(`import sys; str(${expression})`))));
process.exit(0);
