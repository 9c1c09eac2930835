/**
 * The day's ticket: which question this device answers, about which experiment, and with which coins; and the report of
 * a visit in which nothing has happened yet. Drawn here, before the day's first event, so that who leaves before Python
 * runs is counted too. `privacy/ticket.py`, `privacy/mechanisms.py` and `messages/report.py` say the same in Python, the
 * build writes the tables (`drawing.py`), and tests compare the two.
 */

import { fromHex, toHex } from "../hex.js";

const REPORT_VERSION = 2;
const REPORT_BYTES = 128;
const WORDS = 2 ** 32;
const STEPS = 10_000;

/**
 * @typedef {object} Table What the build knows of a draw.
 * @property {{weight: number, rating?: boolean, untouched: [number, number][]}[]} questions `untouched`: the true answer of a visit in
 *   which nothing has happened; [below, answer] by the percent of the page that the window shows at first.
 * @property {[string, number]} holdout Its name, and how many of the STEPS it takes.
 * @property {{name: string, hashed: string, space: [string, number, number] | null, arms: [number, number][],
 *   outside: number}[]} experiments `space`: its name and the thousandths that take part; `arms`: [below, arm] by steps.
 *
 * @typedef {object} Stub What `privacy/ticket.py` calls so; `id` in hexadecimal.
 * @property {string} id
 * @property {number} day
 * @property {number} question
 * @property {string} experiment
 * @property {number[]} offsets
 */

/**
 * A uniform whole number below `limit`, which is less than WORDS; what would favour small numbers is drawn again.
 * @param {number} limit
 */
export function below(limit) {
  const most = WORDS - (WORDS % limit);
  for (;;) {
    const [word] = crypto.getRandomValues(new Uint32Array(1));
    if (word < most) return word % limit;
  }
}

/**
 * How far the told answers are from the true one: 0 is among them with probability w·a / (w·a + (k-w)·b), and all sets
 * that agree on this are equally likely (selection sampling: Fan, Muller, Rezucha 1962).
 * @param {number} k answers @param {number} w of them are told @param {number} a @param {number} b ε = ln(a/b)
 * @param {(limit: number) => number} draw
 */
export function drawOffsets(k, w, a, b, draw = below) {
  const offsets = draw(w * a + (k - w) * b) < w * a ? [0] : [];
  for (let n = 1; offsets.length < w; n += 1) if (draw(k - n) < w - offsets.length) offsets.push(n);
  return offsets;
}

/** 32-bit FNV-1a (`experiments/hashing.py`). @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

/** @param {string} name @param {string} seed */
const step = (name, seed) => hash(String(hash(name + seed))) % STEPS;

/** @param {[number, number][]} table @param {number} number */
const look = (table, number) => table.find(([end]) => number < end)?.[1];

/**
 * What this report is about: a question by its weight, of those that may still be asked, then one of its experiments.
 * @param {import("../messages.js").Declaration} declaration
 * @param {Table} table
 * @param {number[]} asked pairs that were asked within the month
 * @returns {import("./budget.js").Subject | null} null: there is none left
 */
export function choose(declaration, table, asked, draw = below) {
  const open = declaration.questions.map(({ name }, question) => {
    const all = table.experiments.map(({ hashed }, about) => ({ question, about, pair: hash(`${hashed}/${name}`) }));
    return all.filter(({ pair }) => !asked.includes(pair));
  });
  const weights = open.map((left, question) => (left.length ? table.questions[question].weight : 0));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!sum) return null;
  let rest = draw(sum);
  const left = open[weights.findIndex((weight) => (rest -= weight) < 0)];
  return left[draw(left.length)];
}

/**
 * Which arm of the declaration a report about this experiment is counted in.
 * @param {Table} table @param {number} experiment @param {string} seed
 */
export function armOf({ holdout, experiments }, experiment, seed) {
  const [name, held] = holdout;
  if (step(name, seed) < held) return 0;
  const { hashed, space, arms, outside } = experiments[experiment];
  const place = space ? hash(seed + space[0]) % 1000 : 0;
  if (space && (place < space[1] || place >= space[2])) return outside;
  return look(arms, step(hashed, seed)) ?? outside;
}

/**
 * @param {import("../messages.js").Declaration} declaration
 * @param {Table} table
 * @param {import("./budget.js").Subject} subject
 * @param {number} day
 * @param {string} seed
 * @param {number} percent of the page that the window shows at first
 * @returns {{stub: Stub, report: Uint8Array<ArrayBuffer>}} `report`: sealed, as if nothing happened in the visit
 */
export function drawTicket(declaration, table, { question, about }, day, seed, percent) {
  const { answers, width } = declaration.questions[question];
  const { a, b } = declaration.noise;
  const offsets = drawOffsets(answers.length, width, a, b);
  const id = [...crypto.getRandomValues(new Uint8Array(16))];
  const truth = look(table.questions[question].untouched, percent) ?? 0;

  const mask = Array(Math.ceil(answers.length / 8)).fill(0);
  for (const offset of offsets) {
    const told = (truth + offset) % answers.length;
    mask[told >> 3] |= 1 << (told & 7);
  }
  const policy = [...(fromHex(declaration.hash) ?? [])];
  const arm = armOf(table, about, seed);
  const stub = { id: toHex(id), day, question, experiment: table.experiments[about].name, offsets };
  return { stub, report: pack({ v: REPORT_VERSION, id, policy, q: question, arm, day, answer: mask }) };
}

/**
 * Msgpack, as far as a report needs it. https://github.com/msgpack/msgpack/blob/master/spec.md
 * @param {Record<string, number | number[]>} fields
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function pack(fields) {
  /** @type {number[]} */
  const bytes = [0x80 + Object.keys(fields).length + 1];
  const text = (/** @type {string} */ key) => bytes.push(0xa0 + key.length, ...new TextEncoder().encode(key));
  for (const [key, value] of Object.entries(fields)) {
    text(key);
    if (Array.isArray(value)) bytes.push(0xc4, value.length, ...value);
    else if (value < 128) bytes.push(value);
    else if (value < 256) bytes.push(0xcc, value);
    else bytes.push(0xcd, value >> 8, value & 255);
  }
  text("pad");
  const pad = REPORT_BYTES - bytes.length - 2;
  return Uint8Array.from([...bytes, 0xc4, pad, ...Array(pad).fill(0)]);
}
