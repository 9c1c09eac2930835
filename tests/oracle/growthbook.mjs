/**
 * The oracle: answers questions with GrowthBook's own JavaScript SDK.
 *
 * Reads JSON Lines on standard input, each `[what, ...arguments]`; writes one line for each: `{"is": answer}`, or
 * `{"fails": name of the error}` where the SDK throws.
 */

import { createInterface } from "node:readline";

import { GrowthBook, evalCondition, paddedVersionString } from "@growthbook/growthbook";

// The arithmetic is not among the package's exports, so it is imported by its file.
const arithmetic = await import(
  new URL("../../node_modules/@growthbook/growthbook/dist/esm/util.mjs", import.meta.url).href
);

console.error = () => {}; // it complains there about weights and operators, which many questions are about

/** @param {Record<string, any>} context what a GrowthBook is made with; `records` turns sticky buckets on */
function growthbook({ records, ...context }) {
  const sticky = records && {
    stickyBucketAssignmentDocs: records,
    stickyBucketService: { getAllAssignments: async () => ({}), saveAssignments: async () => {} },
  };
  return new GrowthBook({ ...context, ...sticky });
}

/** @param {import("@growthbook/growthbook").Result<any>} result */
function outcome({ inExperiment, variationId, hashUsed, stickyBucketUsed, bucket, key }) {
  return { inExperiment, variationId, hashUsed, stickyBucketUsed, bucket: bucket ?? null, key };
}

/** @type {Record<string, (...given: any[]) => unknown>} */
const ANSWERS = {
  hash: arithmetic.hash,
  equalWeights: arithmetic.getEqualWeights,
  bucketRanges: (arms, coverage, weights) => arithmetic.getBucketRanges(arms, coverage, weights ?? undefined),
  choose: arithmetic.chooseVariation,
  inNamespace: arithmetic.inNamespace,
  version: paddedVersionString,
  condition: (condition, attributes, groups) => evalCondition(attributes, condition, groups),
  run: (context, experiment) => {
    const asked = growthbook(context);
    const result = outcome(asked.run(experiment));
    return { ...result, records: asked.getStickyBucketAssignmentDocs() };
  },
  flag: (context, id) => {
    const { value, source, experimentResult } = growthbook(context).evalFeature(id);
    return { value, source, result: experimentResult ? outcome(experimentResult) : null };
  },
};

/** @param {string} line */
function answer(line) {
  const [what, ...given] = JSON.parse(line);
  try {
    return { is: ANSWERS[what](...given) };
  } catch (error) {
    return { fails: error instanceof Error ? error.name : String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(answer(line)) + "\n");
}
