/** Booting Python: Pyodide from the pack, the wheels on the path, and the module that speaks for all of it. */

/**
 * @typedef {object} Entry `trimtab.browser.entry`; Python's None is `undefined` here, not `null`.
 * @property {(config: string, options: string) => string} start
 * @property {() => string} save
 * @property {(names: string) => void} names
 * @property {(rows: ArrayBuffer | undefined, now_ms: number) => string} step
 * @property {(name: string | undefined, words: string) => string} explain
 * @property {(budget: string | undefined, sealed: ArrayBuffer | undefined) => string} report
 * @property {(consent: string, now_ms: number) => void} consent
 * @property {(segments: string, now_ms: number) => void} force
 * @property {(ticket: string, now_ms: number) => string | undefined} share
 *
 * @typedef {object} Pyodide The little that is used of it.
 * @property {{mkdirTree: (path: string) => void, writeFile: (path: string, content: Uint8Array) => void}} FS
 * @property {(name: string) => any} pyimport
 */

/** What this Pyodide asks of a lock file, before it looks that there is no package in ours. */
const ABI = "2025_0";
const WHEELS = "/wheels";
/** The second is asked for by the first, which would not say so if it cannot be reached. */
const SCRIPTS = ["pyodide.mjs", "pyodide.asm.js"];

/**
 * @param {import("./pack.js").Pack} pack
 * @param {string} base
 * @param {import("../page/messages.js").Started} runtime
 * @returns {Promise<Entry>}
 */
export async function bootPython(pack, base, { folder, stdlib, wheels: paths }) {
  const wheels = Promise.all(paths.map((path) => pack.read(path)));
  wheels.catch(() => {}); // awaited below; until then its failure is nobody's
  const python = await bootPyodide(pack, base, new URL(folder, base).href, new URL(stdlib, base).href);

  python.FS.mkdirTree(WHEELS);
  const path = python.pyimport("sys").path;
  (await wheels).forEach((content, index) => {
    const file = `${WHEELS}/${index}-${paths[index]}`;
    python.FS.writeFile(file, content);
    path.append(file);
  });
  return python.pyimport("trimtab.browser.entry");
}

/**
 * @param {import("./pack.js").Pack} pack
 * @param {string} base
 * @param {string} folder
 * @param {string} stdlib
 * @returns {Promise<Pyodide>}
 */
async function bootPyodide(pack, base, folder, stdlib) {
  const [{ loadPyodide }] = await Promise.all(
    SCRIPTS.map((name) => import(folder + name).catch(() => pack.miss(`${name} cannot be reached`))),
  );
  return loadPyodide({
    indexURL: folder,
    packageBaseUrl: base, // never a content network's
    stdLibURL: stdlib,
    lockFileContents: { info: { abi_version: ABI }, packages: {} },
    stdout: () => {},
    stderr: () => {},
  });
}
