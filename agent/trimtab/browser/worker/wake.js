/**
 * Waking Python: instead of starting it, its memory is filled with what it was when the build had started it.
 * `trimtab_bundler/runtime` makes what is read here: the script (Pyodide's, minified), the module (Pyodide's WebAssembly
 * without its data) and the images of the memory. They are one unit and fit nothing else. Also runs in the build's Node.
 *
 * @typedef {object} Unit
 * @property {(settings: object) => Promise<any>} create What the script defines.
 * @property {WebAssembly.Module | Promise<WebAssembly.Module>} module
 * @property {Uint8Array[] | Promise<Uint8Array[]>} images each is laid over the ones before
 * @property {number} pages of 64 KiB that the memory had
 * @property {number} slots of the table of things in JavaScript that Python held; all of them are empty
 */

/** As many as Emscripten's own memory may grow to: 4 GiB. */
const MAX_PAGES = 65_536;
/** That devices give room to at once: 4 KiB mostly. */
const BLOCK_WORDS = 1024;

const isNode = "process" in globalThis;
/** What the script wants to know of where it runs. */
const ENVIRONMENT = { IN_NODE: isNode, IN_BROWSER: !isNode, IN_BROWSER_WEB_WORKER: !isNode };

/**
 * @param {Unit} unit
 * @returns {Promise<import("./python.js").Pyodide & {_api: any, _module: any}>} `_api`, `_module`: for those who make it.
 */
export async function wake({ create, module, images, pages, slots }) {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: MAX_PAGES });
  const api = /** @type {any} */ ({ config: { jsglobals: {} }, runtimeEnv: ENVIRONMENT });

  /** @param {any} imports @returns {Promise<[WebAssembly.Instance, WebAssembly.Module]>} */
  async function instantiate(imports) {
    fill(memory, await images); // the constructors, which run next, find the objects that they belong to
    const compiled = await module;
    return [await WebAssembly.instantiate(compiled, { ...imports, sentinel: sentinel() }), compiled];
  }

  // The script runs as far as it can while images and module are on their way.
  const runtime = await new Promise((resolve, reject) => {
    const settings = {
      API: api,
      wasmMemory: memory,
      noInitialRun: true, // Python runs already
      preRun: [],
      print: ignore,
      printErr: ignore,
      /** @param {any} imports @param {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} done */
      instantiateWasm(imports, done) {
        instantiate(imports).then((made) => done(...made)).catch(reject);
        return {};
      },
    };
    create(settings).then(resolve, reject);
  });
  clear(new Uint32Array(memory.buffer)); // the constructors have written to it
  fill(memory, await images);
  place(runtime);
  join(runtime, slots);
  const { pyimport_impl: pyimport } = api._pyodide._base;
  return { pyimport, FS: runtime.FS, _api: api, _module: runtime };
}

/**
 * What JavaScript has to know of a Python that runs. Pyodide's own end of a start compiles and runs Python for what nobody
 * asks for here, 30 ms of 37.
 * @param {any} runtime @param {number} slots
 */
function join(runtime, slots) {
  runtime._jslib_init();
  runtime._init_pyodide_proxy(); // api._pyodide
  for (let slot = 0; slot < slots; slot += 1) {
    if (runtime.__hiwire_set(slot, null) < 0) throw new Error("the table of JavaScript's things is too small");
  }
}

/**
 * Zeros, without writing where they are: what is never written takes no room on the device, and that is most of it.
 * @param {Uint32Array} words
 */
function clear(words) {
  for (let from = 0; from < words.length; from += BLOCK_WORDS) {
    const end = from + BLOCK_WORDS;
    let word = from;
    while (word < end && words[word] === 0) word += 1;
    if (word < end) words.fill(0, word, end);
  }
}

/**
 * An image: the number of runs; for each run how many words to skip and how many it has; the words of all runs.
 * @param {WebAssembly.Memory} memory @param {Uint8Array[]} images
 */
export function fill(memory, images) {
  const words = new Uint32Array(memory.buffer);
  for (const { buffer, byteOffset, byteLength } of images) {
    const image = new Uint32Array(buffer, byteOffset, byteLength >> 2);
    const runs = image[0];
    let from = 1 + 2 * runs;
    let to = 0;
    for (let run = 1; run < 1 + 2 * runs; run += 2) {
      to += image[run];
      const size = image[run + 1];
      words.set(image.subarray(from, from + size), to);
      from += size;
      to += size;
    }
  }
}

/**
 * What is about this machine and not about the one that made the images: how C functions are called (it differs on
 * iOS), and the time zone.
 * @param {any} runtime
 */
function place(runtime) {
  const { HEAP32, HEAPU32, _PyEM_CountArgsPtr, __PyRuntime, __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET } = runtime;
  const offset = HEAP32[__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET >> 2];
  if (_PyEM_CountArgsPtr !== undefined) HEAP32[(__PyRuntime + offset) >> 2] = _PyEM_CountArgsPtr;
  const names = runtime.___tzname >> 2;
  runtime.__tzset_js(runtime.___timezone, runtime.___daylight, HEAPU32[names], HEAPU32[names + 1]);
}

/** What Pyodide knows an error by that it handed to Python; without the garbage collection of WebAssembly's own. */
function sentinel() {
  const marker = Symbol("error");
  return { create_sentinel: () => marker, is_sentinel: (/** @type {unknown} */ thing) => thing === marker };
}

function ignore() {}
