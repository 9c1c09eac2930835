/** Obeying: each adjustment as it should be by now, tried in a frame when there is a reason to try. */

import { createAccount } from "./account.js";
import { createAlarm } from "./alarm.js";
import { createFights } from "./fights.js";
import { watchPage } from "./guard.js";
import { watchHands } from "./hands.js";
import { watchMoments } from "./moments.js";
import { createReach } from "./reach.js";
import { watchShifts } from "./shifts.js";
import { undoHead } from "./shown.js";
import { createWork } from "./work.js";

/** What was decided apart is not shown at once when one moment serves all; as `SETTLE_MS` of `governor/calm.py`. */
const SETTLE_MS = 500;
/** Half a long task: what is due and would take longer goes on in the next frame. https://www.w3.org/TR/longtasks-1/ */
const FRAME_MS = 25;

/**
 * @typedef {object} Applier
 * @property {(commands: import("./messages.js").Command[]) => void} obey
 * @property {(head: import("./shown.js").Head) => void} adopt What the script in the head has changed is ours from now on, before
 *   the next paint; a command to apply comes after it.
 * @property {(target: number) => void} retry A target has appeared, for what is applied or waits.
 * @property {() => boolean} busy Whether a frame is asked for, or a command waits for one.
 * @property {() => void} restore Everything back, now, whatever moves.
 * @property {(index: number) => void} dismiss The visitor wants this one back, now; it is not shown again.
 */

/**
 * @param {import("./messages.js").Declaration} declaration
 * @param {(kind: number, stamp: number, target: number, adjustment: number, why: number) => void} record
 * @param {import("./account.js").Tell} tell
 * @param {import("./scope.js").Scope} scope
 * @returns {Applier}
 */
export function createApplier({ adjustments, targets }, record, tell, scope) {
  const account = createAccount(adjustments, record, tell);
  /** @type {Set<number>} what has a command, or a moment */
  const due = new Set();
  let isTouched = false;
  let asked = false;

  const guard = watchPage(look, scope);
  const alarm = createAlarm(look, scope);
  const blame = (/** @type {Element} */ element) => works.forEach((work) => work.blame(element));
  const shifts = watchShifts(blame, guard.touched_ms, scope);
  const moments = watchMoments(() => ask((work) => work.waiting().length > 0), scope);
  const hands = watchHands(() => ask((work) => work.isFreeOfHands()), scope);
  const reach = createReach(hands, moments, alarm);
  /** @type {import("./work.js").Tools} */
  const tools = {
    ...{ taken: new WeakMap(), account, fights: createFights(), reach, shifts, scope },
    ...{ count: tell.count, turn, enter: guard.enter },
  };
  const works = adjustments.map((each, index) => createWork(each, index, targets[each.target].selector, tools));

  function look() {
    isTouched = true;
    ask();
  }

  /** @param {number} index */
  function turn(index) {
    due.add(index);
    ask();
  }

  /** @param {(work: import("./work.js").Work) => boolean} which */
  function ask(which = () => false) {
    works.forEach((work, index) => which(work) && due.add(index));
    if (asked || !(due.size || isTouched)) return;
    asked = true;
    requestAnimationFrame(frame);
  }

  const frame = scope.guarded(() => {
    asked = false;
    guard.rest();
    // A frame that answers the visitor's own input is waited for: what is new comes in the next one.
    const isLate = moments.isFresh();
    const now = isLate ? [] : [...due];
    const others = isTouched ? [...works.keys()].filter((index) => !due.has(index) && works[index].isOnPage()) : [];
    isTouched = false;
    for (const index of now) due.delete(index);
    const until_ms = performance.now() + FRAME_MS;
    /** @type {number[]} */
    const next = [];
    for (const index of now) {
      if (performance.now() > until_ms) next.push(index);
      else if (!isTooSoon(index)) attempt(index, true);
    }
    for (const index of others) attempt(index, false);
    const waiting = new Set(works.flatMap((work) => work.waiting()));
    moments.await(waiting);
    hands.await(waiting.size > 0);
    if (works.some((work) => work.isOnPage())) guard.watch();
    next.forEach(turn);
    if (isLate) ask();
  });

  const attempt = scope.guarded((/** @type {number} */ index, /** @type {boolean} */ anew) => {
    if (!scope.signal.aborted) works[index].attempt(anew); // the one before may have led to a denial
  });

  /** @param {number} index */
  function isTooSoon(index) {
    const free_ms = account.turned_ms(index) + SETTLE_MS;
    if (account.state(index) !== "deferred" || performance.now() >= free_ms) return false;
    due.add(index);
    alarm(free_ms);
    return true;
  }

  return {
    obey(commands) {
      for (const [verb, index] of commands) {
        works[index].want(verb === "apply");
        account.begin(index);
        due.delete(index); // they are carried out in their order
        due.add(index);
      }
      ask();
    },
    adopt(head) {
      const theirs = undoHead(head);
      for (const index of new Set(theirs.map(([each]) => each)))
        works[index].adopt(new Set(theirs.flatMap(([each, element]) => (each === index ? element : []))));
    },
    retry: (target) => ask((work) => work.isWanted() && work.target === target),
    busy: () => asked || due.size > 0,
    dismiss: (index) => works[index].dismiss(),
    restore() {
      guard.rest();
      due.clear(); // what has not come yet has not gone either
      for (const work of works) work.restore();
      moments.await(new Set());
      hands.await(false);
    },
  };
}
