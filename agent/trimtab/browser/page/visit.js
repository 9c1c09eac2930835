/**
 * One visit, from the consent to observe until its withdrawal: the wiring of everything that works in between. With all
 * that it imports it is a script of its own, which `coming.js` loads; what both need to know of is in `Setting`.
 */

import { createAgain } from "./again.js";
import { createApplier } from "./applier.js";
import { createCarrier } from "./carrier.js";
import { createClock, today } from "./clock.js";
import { DENIED } from "./consent.js";
import { createCourier } from "./courier.js";
import { failsHere, firstHere, noteFailure } from "./failures.js";
import { whenIdle, whenSeen } from "./idle.js";
import { openLink } from "./link.js";
import { sendsPlain } from "./plain.js";
import { createRecorder } from "./recorder.js";
import { createReporting } from "./reporting.js";
import { createRing } from "./ring.js";
import { createScope } from "./scope.js";
import { BUDGET, recall, SEED, seedOfDevice, store } from "./storage.js";
import { conductSurvey } from "./survey.js";
import { startTap } from "./tap.js";
import { countWithdrawals } from "./withdrawals.js";

/** A script that fails this often is of no use to anybody. */
const MAX_ERRORS = 50;

/**
 * @typedef {object} Visit
 * @property {(consent: Readonly<import("./messages.js").Consent>) => void} change
 * @property {(kind: number, name: string, value: number | undefined, stamp: number) => void} happen An event or a goal
 *   of the page's own, at this time.
 * @property {(name: string | null, words: Record<string, string>) => Promise<string | null>} explain null: Python does
 *   not run.
 * @property {() => Promise<import("./messages.js").Reported | null>} report null: Python does not run.
 * @property {(index: number) => void} dismiss The visitor takes an adjustment back.
 * @property {() => boolean} pending Whether something is still to be told to the worker, or to be done on the page.
 * @property {(() => void) | undefined} [force] Of a preview alone: what is forced has changed.
 * @property {() => void} end Everything stops and the page is restored, in this very task.
 *
 * @typedef {object} Setting
 * @property {import("./messages.js").Config} config
 * @property {string} base Where the pack lies.
 * @property {string | null} arm Forced. Only a preview can do that, and the policy of a preview has a hash of its own.
 * @property {string[]} [forced] Segments that the visitor is in, whatever they do; of a preview alone.
 * @property {number} runtime Which of the configuration's the tag asks for; -1: none.
 * @property {import("./status.js").Status} status
 * @property {import("./shown.js").Head} head What the script in the head has shown.
 * @property {typeof import("./bridge.js").bridge} bridge Here, as the page has one `dataLayer` to watch, and the tag may.
 */

/**
 * @param {Setting} setting
 * @param {Readonly<import("./messages.js").Consent>} granted
 * @returns {Visit}
 */
export function startVisit(setting, granted) {
  const { config, base, arm, status, head, bridge } = setting;
  let consent = granted;
  let errors = 0;
  let seed = "";
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
  const mayShare = () => consent.share;
  const { declaration } = config;
  const sharing = work.child();
  const ask = (/** @type {string} */ question) =>
    globalThis.TRIMTAB_RATES !== false &&
    void conductSurvey(question, () => import(new URL(config.survey, base).href), sharing).catch(fail);
  const reporting = createReporting(config, mayShare, courier, status.report, ask);
  const withdrawals = countWithdrawals();
  const again = createAgain(declaration, head);
  const ring = createRing();
  status.watch(ring);

  const clock = createClock();
  /** @type {import("./recorder.js").Recorder | null} */
  let recorder = null;
  /** @type {import("./applier.js").Applier | null} */
  let applier = null;
  /** @type {import("./link.js").Link | null} */
  let link = null;
  /** @type {import("./carrier.js").Carrier | null} */
  let carrier = null;

  function pending() {
    if (work.signal.aborted) return false;
    return !isOpen || !link || !recorder || recorder.busy() || applier?.busy() === true;
  }

  const isRunning = () => status.snapshot().state === "running";

  function observe() {
    const recording = createRecorder(ring, clock, work);
    recorder = recording;
    /** @type {typeof recording.record} */
    const record = (kind, stamp, target, index = -1, why) =>
      again.has(index) || recording.record(kind, stamp, target, index, why);
    applier = createApplier(declaration, record, status, work);
    const obeying = applier;
    const targets = startTap(declaration.targets, recording, work);
    targets.each((index) => obeying.retry(index));
    again.show(obeying, consent.adapt && mayRemember(), work);
    status.turn("waiting", "the page is not loaded and idle yet");
    whenSeen(work, () => void share());
    whenIdle(work, boot);
  }

  const mayRemember = () => consent.remember && arm === null;

  function boot() {
    const { origin_ms } = clock;
    if (failsHere(config, consent.remember)) return stop("runtime", "it has failed too often on this device today");
    status.turn("starting");
    const isAsked = setting.runtime >= 0;
    const runtime = isAsked ? setting.runtime : firstHere(config, consent.remember);
    status.run(config.runtimes[runtime], isAsked || !runtime ? "" : "a lighter one has failed on this device today");
    bridge(work);
    seed ||= seedOfDevice(consent.remember);
    const day = today();
    carrier = createCarrier(clock, mayRemember, () => again.keep(status.snapshot().adjustments), work);
    const carried = carrier.found;
    try {
      const isPlain = sendsPlain(new URL(config.visit, base).href);
      /** @type {import("./messages.js").Start} */
      const start = {
        type: "start", base, consent, seed, origin_ms, day, arm, carried, replayed: again.shown(), runtime, isPlain,
      };
      link = openLink(config, start, { ready, step, fell, lost }, work);
    } catch (error) {
      stop("worker", String(error)); // a policy of the page refuses it
    }
  }

  /** Drawn before the first event is told, and before Python runs: who leaves until then counts as well. */
  async function share() {
    if (!consent.share || failsHere(config, consent.remember)) return;
    seed ||= seedOfDevice(consent.remember);
    await reporting.draw(seed);
    if (link) reporting.share(link);
  }

  /** @param {import("./messages.js").Ready} answer @param {number} boot_ms */
  function ready(answer, boot_ms) {
    status.booted(answer, boot_ms);
    if (!answer.resumed) carrier?.forget();
    status.turn("running");
    if (answer.veto) courier.drop();
    const open = work.guarded(() => {
      if (link) recorder?.open(link);
      isOpen = true;
    });
    void share().finally(open);
    if (globalThis.TRIMTAB_PREVIEW) link?.send({ type: "force", segments: setting.forced ?? [] });
  }

  /** @param {import("./messages.js").Step} answer */
  function step({ commands, log, report, carry, heard, ...counts }) {
    status.note(log, counts);
    if (consent.adapt && withdrawals.isBefore("adapt", heard)) {
      again.settle(commands);
      applier?.obey(commands);
    }
    if (report) reporting.seal(report);
    if (carry && withdrawals.isBefore("remember", heard)) carrier?.carry(carry);
    recorder?.flush();
  }

  /** @param {string} why @param {import("./messages.js").RuntimeName} next */
  function fell(why, next) {
    if (!why.startsWith("pack:")) noteFailure(config, consent.remember, next); // a server that is away says nothing
    status.run(next, why, true);
  }

  /** @param {string} where @param {string} why @param {boolean} [isThere] */
  function lost(where, why, isThere = true) {
    if (where !== "pack" && isThere) noteFailure(config, consent.remember);
    stop(where, why);
  }

  /** @param {string} where @param {string} why */
  function stop(where, why) {
    if (work.signal.aborted) return;
    applier?.restore();
    work.end();
    if (!isOpen) courier.drop(); // nobody knows what happened in the visit
    status.turn("stopped", `${where}: ${why}`);
  }

  work.guarded(observe)();

  return {
    change(next) {
      const before = consent;
      consent = next;
      if (link) withdrawals.note(before, next);
      if (before.adapt && !next.adapt) {
        again.forget();
        applier?.restore();
      }
      if (before.share && !next.share) {
        courier.drop();
        sharing.end(); // a page draws once, so there is nothing more to ask on it
      }
      if (before.remember && !next.remember) carrier?.forget();
      if (seed && !before.remember && next.remember) store(SEED, seed);
      link?.send({ type: "consent", consent });
      if (!before.share && next.share && recorder) void share();
    },
    happen(kind, name, value, stamp) {
      recorder?.record(kind, stamp, -1, recorder.number(name), value ?? 0, value === undefined ? 0 : 1);
      recorder?.tell();
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
      recorder?.tell();
    },
    end() {
      consent = DENIED;
      whole.guarded(() => applier?.restore())();
      courier.drop();
      whole.end();
    },
  };
}
