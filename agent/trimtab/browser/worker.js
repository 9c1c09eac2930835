/**
 * The worker: Python, its timer, and the border to the page. Read on in worker/python.js, then entry.py.
 *
 * @typedef {import("./page/messages.js").ToWorker} ToWorker
 * @typedef {import("./page/messages.js").ToPage} ToPage
 */

import { TELL_MS } from "./page/messages.js";
import { bootLean } from "./worker/lean.js";
import { openPack } from "./worker/pack.js";
import { bootPython } from "./worker/python.js";
import { hush } from "./worker/quiet.js";
import { createTimer } from "./worker/timer.js";

/** @type {Promise<void>} messages are taken one after the other, also while Python boots */
let line = Promise.resolve();
let useless = false;
/** A visit is written down so often at most. What it was told since is told again after a failure. */
const SAVE_MS = 5_000;
/** Batches that lead to nothing are answered together, this long after the first: an answer is a task of the page. */
const QUIET_MS = 1000;
/** @type {((message: ToWorker) => void) | null} */
let answer = null;

hush();
for (const type of /** @type {const} */ (["error", "unhandledrejection"])) {
  self.addEventListener(type, (event) => {
    event.preventDefault(); // or the browser prints it on the page's console
    fail("boot", event instanceof PromiseRejectionEvent ? event.reason : event);
  });
}
self.onmessage = ({ data }) => {
  line = line.then(() => take(data)).catch((error) => fail(answer ? "python" : "boot", error));
};

/** @param {ToPage} message @param {Transferable[]} [transfer] */
const tell = (message, transfer = []) => self.postMessage(message, transfer);

const veto = () => Reflect.get(navigator, "globalPrivacyControl") === true;

/** @param {ToWorker} message */
async function take(message) {
  if (useless) return;
  // The page has looked already; here nobody has changed what the browser says.
  if ("consent" in message && veto()) message.consent.share = false;
  if (message.type === "start") answer = await start(message);
  else answer?.(message);
}

/**
 * Says it once; after a failure Python's state is not to be trusted.
 * @param {string} where @param {unknown} error
 */
function fail(where, error) {
  if (useless) return;
  useless = true;
  const lines = String(error instanceof Error ? error.message : error).trim().split("\n");
  tell({ type: "fatal", where, why: lines[lines.length - 1] });
}

/** @param {import("./page/messages.js").Start} start */
async function start({ base, config, runtime, heard = 0, ...options }) {
  await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // refused by a policy? Then nothing is fetched
  const pack = openPack(base, (why) => fail("pack", why));
  const chosen = config.runtimes[runtime];
  const entry = await ("module" in chosen ? bootLean(pack, base, chosen) : bootPython(pack, base, chosen));
  pack.close();
  const begun = JSON.parse(entry.start(JSON.stringify(config), JSON.stringify(options)));
  tell({ type: "ready", boot_ms: Math.round(performance.now()), veto: veto(), ...begun });
  return answerWith(entry, createTimer(options.origin_ms, TELL_MS), heard, chosen !== config.runtimes.at(-1));
}

/**
 * @param {import("./worker/python.js").Entry} entry
 * @param {import("./worker/timer.js").Timer} timer
 * @param {number} heard changes of consent that another worker of this page has heard of
 * @param {boolean} isSaving whether another runtime may go on where this one fails
 * @returns {(message: ToWorker) => void}
 */
function answerWith(entry, timer, heard, isSaving) {
  let answered = 0;
  let taken = 0;
  let saved_ms = timer.now();
  let counts = { errors: 0, refused: 0, misdated: 0 };
  /** The timer of an answer that is due. */
  let owed = 0;

  /** All that was told before is in it, and all that it led to. */
  function save() {
    saved_ms = timer.now();
    tell({ type: "saved", text: entry.save(), taken, heard });
  }

  /** @param {ArrayBuffer | undefined} rows @param {number} now_ms */
  function step(rows, now_ms) {
    if (useless) return;
    const { commands, log, wake_at_ms, report, carry, ...counted } = JSON.parse(entry.step(rows, now_ms));
    counts = counted;
    if (rows) answered += 1;
    if (commands.length || log.length || report || carry) tellStep(commands, log, report, carry);
    else if (rows) owed ||= self.setTimeout(tellStep, QUIET_MS, [], [], null, null);
    timer.set(wake_at_ms, () => attempt(() => step(undefined, timer.told())));
  }

  /**
   * @param {import("./page/messages.js").Command[]} commands
   * @param {import("./page/messages.js").LogEntry[]} log
   * @param {string | null} hex
   * @param {string | null} carry
   */
  function tellStep(commands, log, hex, carry) {
    if (useless) return;
    clearTimeout(owed);
    owed = 0;
    const report = hex === null ? null : Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
    tell({ type: "step", commands, log, report, carry, ...counts, answered, heard });
  }

  /** @param {() => void} work */
  function attempt(work) {
    try {
      work();
    } catch (error) {
      fail("python", error);
    }
  }

  /** @param {ToWorker} message */
  function take(message) {
    if (message.type === "batch") {
      timer.meet(message.now_ms);
      step(message.rows, message.now_ms); // and no later: what has happened since is still to be told
    } else if (message.type === "names") {
      entry.names(JSON.stringify(message.names));
    } else if (message.type === "explain") {
      const words = JSON.stringify(message.words);
      tell({ type: "explained", text: entry.explain(message.name ?? undefined, words) });
    } else if (message.type === "force") {
      entry.force(JSON.stringify(message.segments), timer.now());
      step(undefined, timer.now());
    } else if (message.type === "report") {
      step(undefined, timer.told()); // what time alone has brought is in it
      const { budget, sealed } = message;
      const told = JSON.parse(entry.report(budget ?? undefined, sealed?.buffer));
      tell({ type: "reported", ...told });
    } else if (message.type === "consent") {
      heard += 1;
      const now_ms = message.now_ms ?? timer.now();
      entry.consent(JSON.stringify(message.consent), now_ms);
      step(undefined, now_ms);
    } else if (message.type === "share") {
      const report = entry.share(JSON.stringify(message.ticket), message.now_ms);
      if (report) tellStep([], [], report, null);
      step(undefined, message.now_ms); // an answer of the day may be due at a time that no timer was set for
    }
  }

  return (message) => {
    taken += 1;
    take(message);
    if (isSaving && !useless && message.type === "batch" && timer.now() >= saved_ms + SAVE_MS) save();
  };
}
