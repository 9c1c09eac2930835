/** One visit, from the consent to observe until its withdrawal: the wiring of everything that works in between. */

import { createApplier } from "./applier.js";
import { bridge } from "./bridge.js";
import { createCarrier } from "./carrier.js";
import { createClock, today } from "./clock.js";
import { DENIED } from "./consent.js";
import { createCourier } from "./courier.js";
import { failsHere, noteFailure } from "./failures.js";
import { whenActivated, whenIdle } from "./idle.js";
import { openLink } from "./link.js";
import { createRecorder } from "./recorder.js";
import { createRing } from "./ring.js";
import { createScope } from "./scope.js";
import { keepShown, shownBefore, takeBack } from "./shown.js";
import { BUDGET, drawFromBudget, recall, SEED, seedOfDevice, store } from "./storage.js";
import { startTap } from "./tap.js";

/** A script that fails this often is of no use to anybody. */
const MAX_ERRORS = 50;

/** A wait has ended and Python knows: what `worker/timer.js` leaves the page to tell what came before, and a little. */
const TOLD_MS = 60;

/** Once a page load, also if consent comes and goes and with it the visit: each draw tosses fresh coins. */
let drawn = false;

/**
 * @typedef {object} Visit
 * @property {(consent: Readonly<import("./messages.js").Consent>) => void} change
 * @property {(kind: number, name: string, value: number | undefined) => void} happen An event or a goal of the
 *   page's own.
 * @property {(name: string | null, words: Record<string, string>) => Promise<string | null>} explain null: Python does
 *   not run.
 * @property {() => Promise<import("./messages.js").Reported | null>} report null: Python does not run.
 * @property {(index: number) => void} dismiss The visitor takes an adjustment back.
 * @property {() => boolean} pending Whether something is under way, as `trimtab.settled()` means it.
 * @property {(() => void) | undefined} [force] Of a preview alone: what is forced has changed.
 * @property {() => void} end Everything stops and the page is restored, in this very task.
 *
 * @typedef {object} Setting
 * @property {import("./messages.js").Config} config
 * @property {string} base Where the pack lies.
 * @property {string | null} arm Forced. Only a preview can do that, and the policy of a preview has a hash of its own.
 * @property {string[]} [forced] Segments that the visitor is in, whatever they do; of a preview alone.
 * @property {"stock" | "lean"} runtime
 * @property {import("./status.js").Status} status
 * @property {import("./shown.js").Head} head What the script in the head has shown.
 * @property {(scope: import("./scope.js").Scope) => void} heed What else may end the consent while the visit lasts.
 */

/**
 * @param {Setting} setting
 * @param {Readonly<import("./messages.js").Consent>} granted
 * @returns {Visit}
 */
export function startVisit(setting, granted) {
  const { config, base, arm, runtime, status, head, heed } = setting;
  let consent = granted;
  let errors = 0;
  let seed = "";
  let day = 0;
  /** Whether the worker hears of the page by now. */
  let isOpen = false;
  const fail = () => {
    status.mistake();
    errors += 1;
    if (errors === MAX_ERRORS) stop("page", "too many errors");
  };
  /** Lasts as long as the consent to observe; within it the work, which also ends when the worker is lost. */
  const whole = createScope(fail);
  const work = whole.child();
  const collect = new URL(config.collect || "report", base).href;
  const courier = createCourier(collect, status.report, whole);
  const ring = createRing();
  status.watch(ring);

  /** Of a page that is being prerendered it would be another one. */
  let clock = createClock();
  /** @type {import("./recorder.js").Recorder | null} */
  let recorder = null;
  /** @type {import("./applier.js").Applier | null} */
  let applier = null;
  /** @type {import("./link.js").Link | null} */
  let link = null;
  /** @type {import("./carrier.js").Carrier | null} */
  let carrier = null;
  /** Whether today's report is paid for; before that none is sealed. */
  let paid = false;
  /** How many changes of consent the worker was told of, and how many when these were last withdrawn. */
  let changes = 0;
  const withdrawn = { adapt: 0, remember: 0 };
  /** @type {Uint8Array<ArrayBuffer> | null} */
  let latest = null;
  /** @type {Set<number>} What is shown because the page before showed it. Python hears of it when it has said so too. */
  const replayed = new Set();

  function pending() {
    if (work.signal.aborted) return false;
    const asked = !recorder || recorder.busy() || applier?.busy() || !link || link.unanswered() > 0;
    return !isOpen || asked || clock.of(performance.now()) < status.holds() + TOLD_MS;
  }

  const isRunning = () => status.snapshot().state === "running";

  function observe() {
    clock = createClock();
    const recording = createRecorder(ring, clock, work);
    recorder = recording;
    /** @type {typeof recording.record} */
    const record = (kind, stamp, target, index = -1, why) =>
      replayed.has(index) || recording.record(kind, stamp, target, index, why);
    applier = createApplier(config.declaration, record, status, work);
    const obeying = applier;
    const targets = startTap(config.declaration.targets, recording, work);
    targets.each((index) => obeying.retry(index));
    replay(obeying);
    status.turn("waiting", "the page is not loaded and idle yet");
    whenIdle(work, boot);
  }

  const mayRemember = () => consent.remember && arm === null;

  /** @param {import("./applier.js").Applier} obeying */
  function replay(obeying) {
    const before = consent.adapt && mayRemember() ? shownBefore(config.declaration) : [];
    for (const index of before) replayed.add(index);
    if (!before.length) return void takeBack(head);
    const show = () => {
      obeying.adopt(head);
      obeying.obey([...replayed].map((index) => ["apply", index]));
    };
    if (document.readyState === "loading") work.listen(document, "DOMContentLoaded", show);
    else show();
  }

  const keep = () => {
    const { adjustments } = status.snapshot();
    keepShown(config.declaration, [...adjustments.keys()].filter((index) => adjustments[index].state === "applied"));
  };

  function boot() {
    const { origin_ms } = clock;
    if (failsHere(consent.remember)) return stop("runtime", "it has failed too often on this device today");
    status.turn("starting");
    status.run(runtime);
    bridge(work);
    day = today();
    if (consent.share) courier.sendMissed(day);
    seed = seedOfDevice(consent.remember);
    carrier = createCarrier(clock, mayRemember, keep, work);
    const carried = carrier.found;
    try {
      link = openLink(
        { type: "start", base, config, consent, seed, origin_ms, day, arm, carried, replayed: [...replayed], runtime },
        { ready, step, fell, lost },
        work,
      );
    } catch (error) {
      stop("worker", String(error)); // a policy of the page refuses it
    }
  }

  /** @param {import("./messages.js").Ready} answer */
  function ready(answer) {
    status.booted(answer);
    if (!answer.resumed) carrier?.forget();
    status.turn("running");
    // The coins fall before the first event is told.
    void draw().finally(() => {
      if (link) recorder?.open(link);
      isOpen = true;
    });
    if (globalThis.TRIMTAB_PREVIEW) link?.send({ type: "force", segments: setting.forced ?? [] });
  }

  async function draw() {
    const line = link;
    if (!line || !consent.share) return;
    if (!config.declaration.questions.length) return status.report("none", "the policy asks no question");
    if (drawn) return paid ? undefined : status.report("none", "this page has drawn its report already; load it again");
    drawn = true;
    const { outcome, why } = await drawFromBudget(async (budget) => {
      const drawing = consent.share ? await line.draw(budget) : null;
      return consent.share ? drawing : null; // it may have been withdrawn meanwhile, while waiting for the lock too
    });
    paid = outcome === "paid";
    if (outcome !== "paid") status.report(outcome, why);
    seal();
  }

  function seal() {
    if (latest && paid && consent.share) courier.seal(latest, day);
  }

  /** @param {import("./messages.js").Step} answer */
  function step({ commands, log, report, carry, heard, ...counts }) {
    status.note(log, counts);
    // What was decided before a withdrawal does not arrive after it, though all be granted again.
    if (consent.adapt && heard >= withdrawn.adapt) {
      for (const [, index] of commands) replayed.delete(index);
      applier?.obey(commands);
    }
    if (report) {
      latest = report;
      seal();
    }
    if (carry && heard >= withdrawn.remember) carrier?.carry(carry);
    recorder?.flush();
  }

  /** @param {string} why */
  function fell(why) {
    if (!why.startsWith("pack:")) noteFailure(consent.remember); // a server that is away says nothing of the device
    status.run("stock", why);
  }

  /** @param {string} where @param {string} why @param {boolean} [isThere] */
  function lost(where, why, isThere = true) {
    if (where !== "pack" && isThere) noteFailure(consent.remember);
    stop(where, why);
  }

  /** @param {string} where @param {string} why */
  function stop(where, why) {
    if (work.signal.aborted) return;
    applier?.restore();
    work.end();
    status.turn("stopped", `${where}: ${why}`);
  }

  status.turn("waiting", "the page is being prerendered");
  heed(whole);
  whenActivated(work, work.guarded(observe));

  return {
    change(next) {
      const before = consent;
      consent = next;
      changes += link ? 1 : 0;
      if (before.adapt && !next.adapt) {
        withdrawn.adapt = changes;
        replayed.clear();
        applier?.restore();
      }
      if (before.share && !next.share) courier.drop();
      if (before.remember && !next.remember) {
        withdrawn.remember = changes;
        carrier?.forget();
      }
      if (seed && !before.remember && next.remember) store(SEED, seed);
      link?.send({ type: "consent", consent });
      if (!before.share && next.share) void draw();
    },
    happen(kind, name, value) {
      recorder?.record(kind, performance.now(), -1, recorder.number(name), value ?? 0, value === undefined ? 0 : 1);
      recorder?.flush();
    },
    explain: async (name, words) => (isRunning() && link ? link.explain(name, words) : null),
    report: async () =>
      isRunning() && link ? link.report(consent.share ? recall(BUDGET) : null, courier.sealed()) : null,
    pending,
    ...(globalThis.TRIMTAB_PREVIEW && {
      force: () => link?.send({ type: "force", segments: setting.forced ?? [] }),
    }),
    dismiss(index) {
      applier?.dismiss(index);
      recorder?.flush();
    },
    end() {
      consent = DENIED;
      whole.guarded(() => applier?.restore())();
      courier.drop();
      whole.end();
    },
  };
}
