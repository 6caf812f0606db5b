import assert from "node:assert/strict";
import * as path from "node:path";
import { build } from "esbuild";
import { changed, type Behaviour } from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";
import { cutOff, endsOf, scaleInAll, times } from "../support/crowd";

const args: Setting["args"] = { targetGroup: { port: 8080, deregistrationDelay: 0 } };

/** Auto Scaling takes `rate` calls a second, all API actions together. */
function takes(usual: Behaviour, rate: number): Behaviour {
  return changed(usual, { serviceRate: (service) => (service === "autoscaling" ? rate : Infinity) });
}

/** From the end of each script to the release of its instance, seconds, shortest first. */
function releases(bed: TestBed): number[] {
  const ended = new Map(
    bed.of("script").flatMap(({ at, instance, phase }) => (phase === "ended" ? [[instance, at]] : [])),
  );
  return bed
    .of("action")
    .filter(({ phase }) => phase === "completed")
    .map(({ at, instance }) => (at - (ended.get(instance) ?? NaN)) / 1000)
    .sort((one, other) => one - other);
}

const last = (sorted: readonly number[]) => sorted.at(-1) ?? NaN;
const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? NaN;

/** A hundred drains in the simulator, with the function of the handler or another function in its place. */
async function hundredDrains(setting: Setting = {}): Promise<TestBed> {
  const bed = await TestBed.open({ args, behaviour: (usual) => takes(usual, 2), ...setting });
  scaleInAll(bed, 100);
  await bed.pass(420);
  return bed;
}

/** The code of another function in place of the handler's. */
async function codeOf(file: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, file)],
    bundle: true,
    minify: true,
    mainFields: ["module", "main"],
    platform: "node",
    target: "node20",
    write: false,
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}

/** Plays of both functions; they jitter their pauses, so that one play alone may favour either. */
const seeds = ["1", "2", "3"];

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

describe("P10, the handler, where Auto Scaling takes two calls a second of a hundred drains", function () {
  this.timeout(300_000);

  const own: TestBed[] = [];
  const plain: TestBed[] = [];
  before(async () => {
    const files = new Map([["index.js", await codeOf("plainFunction.ts")]]);
    const code: Setting["code"] = (usual) =>
      new Map([...usual.keys()].map((arn) => [arn, { files, handler: "index.handler" }]));
    for (const seed of seeds) {
      own.push(await hundredDrains({ seed }));
      plain.push(await hundredDrains({ seed, code }));
    }
  });
  after(async () => {
    for (const bed of [...own, ...plain]) await bed.close();
  });

  it("completes the actions within 40 s of their scripts in the median, and leaves no action to a timeout", () => {
    for (const bed of own) {
      assert.deepEqual(endsOf(bed), times(100, "call CONTINUE"));
      assert.equal(cutOff(bed), 0);
      assert.ok(median(releases(bed)) <= 40, `the median is ${median(releases(bed))} s`);
    }
  });

  it("completes the last action with the first sweep after 40 s at the latest", () => {
    for (const bed of own) assert.ok(last(releases(bed)) <= 110, `the last: ${last(releases(bed))} s`);
  });

  it("is no later than a plain client of the SDK with adaptive retries, neither in the median nor at the last action of all plays", () => {
    for (const bed of plain) assert.deepEqual(endsOf(bed), times(100, "call CONTINUE"));
    const [ours, theirs] = [own, plain].map((beds) => {
      const all = beds.map(releases);
      return { median: mean(all.map(median)), last: Math.max(...all.map(last)) };
    });
    assert.ok(ours !== undefined && theirs !== undefined);
    // Both jitter their pauses: a second more or less is chance.
    assert.ok(ours.median <= theirs.median + 1, `medians: ${ours.median} s and ${theirs.median} s`);
    assert.ok(ours.last <= theirs.last, `the last: ${ours.last} s and ${theirs.last} s`);
  });
});
