/**
 * One page, from its `start` to its end: messages in, Python's answers out, one timer.
 *
 * @typedef {import("../page/messages.js").ToWorker} ToWorker
 * @typedef {import("../page/messages.js").ToPage} ToPage
 *
 * @typedef {object} Port `self` of a worker of one page, or a port of one that is shared.
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {(message: ToPage, transfer: Transferable[]) => void} postMessage
 *
 * @typedef {object} Served
 * @property {(where: string, error: unknown) => void} fail Says it once; after a failure Python's state is not to be trusted.
 *
 * @typedef {object} Answering
 * @property {(message: ToWorker) => void} take
 * @property {() => void} stop
 */

import { createTimer } from "./timer.js";

/** A visit is written down so often at most. What it was told since is told again after a failure. */
const SAVE_MS = 5_000;
/** Batches that lead to nothing are answered together, this long after the first: an answer is a task of the page. */
const QUIET_MS = 3000;
/** So many wait for that at most. */
const QUIET_BATCHES = 8;

const veto = () => Reflect.get(navigator, "globalPrivacyControl") === true;

/**
 * @param {Port} port
 * @param {import("../page/messages.js").WorkerConfig} config
 * @param {import("./supply.js").Supply} supply
 * @param {number} tell_ms at whose multiples the page has told what went on
 * @param {() => void} onEnd the page needs nothing more
 * @returns {Served}
 */
export function servePage(port, config, supply, tell_ms, onEnd) {
  /** @type {Promise<void>} messages are taken one after the other, also while Python boots */
  let line = Promise.resolve();
  let useless = false;
  /** @type {Answering | null} */
  let answering = null;

  /** @param {ToPage} message */
  const tell = (message) => void (useless || port.postMessage(message, []));

  /** Nothing of the visit is held any more. */
  function stop() {
    useless = true;
    answering?.stop();
    answering = null;
  }

  function end() {
    stop();
    onEnd();
  }

  /** @param {string} where @param {unknown} error */
  function fail(where, error) {
    const lines = String(error instanceof Error ? error.message : error).trim().split("\n");
    tell({ type: "fatal", where, why: lines[lines.length - 1] });
    stop();
  }

  /** @param {import("../page/messages.js").Start} start */
  async function begin(start) {
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // refused by a policy? Then nothing is fetched
    const entry = await supply.take(start);
    if (useless) return;
    const { base, runtime, heard = 0, ...options } = start;
    const begun = JSON.parse(entry.start(JSON.stringify(config), JSON.stringify(options)));
    tell({ type: "ready", veto: veto(), ...begun });
    const isSaving = runtime < config.runtimes.length - 1; // another one may go on
    answering = answerWith(entry, createTimer(options.origin_ms, tell_ms), { tell, fail }, heard, isSaving);
  }

  /** @param {ToWorker} message */
  async function take(message) {
    if (useless) return;
    // The page has looked already; here nobody has changed what the browser says.
    if ("consent" in message && veto()) message.consent.share = false;
    if (message.type === "start") await begin(message);
    else answering?.take(message);
  }

  port.onmessage = ({ data }) => {
    if (data.type === "bye") end();
    else if (data.type === "held") void navigator.locks.request(data.lock, end); // free: the page has gone, however
    else line = line.then(() => take(data)).catch((error) => fail(answering ? "python" : "boot", error));
  };
  tell({ type: "here" });
  return { fail };
}

/**
 * @param {import("./python.js").Entry} entry
 * @param {import("./timer.js").Timer} timer
 * @param {{tell: (message: ToPage) => void, fail: Served["fail"]}} page
 * @param {number} heard changes of consent that another worker of this page has heard of
 * @param {boolean} isSaving whether another runtime may go on where this one fails
 * @returns {Answering}
 */
function answerWith(entry, timer, { tell, fail }, heard, isSaving) {
  let answered = 0;
  let taken = 0;
  let saved_ms = timer.now();
  let counts = { errors: 0, refused: 0, misdated: 0 };
  /** The timer of an answer that is due, and to how many batches. */
  let owed = 0;
  let quiet = 0;

  /** All that was told before is in it, and all that it led to. */
  function save() {
    saved_ms = timer.now();
    tell({ type: "saved", text: entry.save(), taken, heard });
  }

  /** @param {ArrayBuffer | undefined} rows @param {number} now_ms */
  function step(rows, now_ms) {
    const { commands, log, wake_at_ms, report, carry, ...counted } = JSON.parse(entry.step(rows, now_ms));
    counts = counted;
    if (rows) [answered, quiet] = [answered + 1, quiet + 1];
    const saysNothing = !(commands.length || log.length || report || carry);
    if (!saysNothing || quiet === QUIET_BATCHES) tellStep(commands, log, report, carry);
    else if (rows) owed ||= self.setTimeout(tellStep, QUIET_MS, [], [], null, null);
    timer.set(wake_at_ms, () => attempt(() => step(undefined, timer.told())));
  }

  /**
   * @param {import("../page/messages.js").Command[]} commands
   * @param {import("../page/messages.js").LogEntry[]} log
   * @param {string | null} hex
   * @param {string | null} carry
   */
  function tellStep(commands, log, hex, carry) {
    clearTimeout(owed);
    owed = quiet = 0;
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
      if (owed) tellStep([], [], null, null); // who asks knows of all that was told before
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

  return {
    take(message) {
      taken += 1;
      take(message);
      if (isSaving && message.type === "batch" && timer.now() >= saved_ms + SAVE_MS) save();
    },
    stop() {
      clearTimeout(owed);
      timer.set(null, () => {});
    },
  };
}
