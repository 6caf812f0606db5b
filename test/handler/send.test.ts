import assert from "node:assert/strict";
import fc from "fast-check";
import type { Job, Sent } from "../../handler/aws/runCommand";
import { systemClock, type Context } from "../../handler/context";
import { sendDocument, sentAtOnce } from "../../handler/send";
import { instructionsFor } from "../support/payloads";

const hook = {
  group: "web",
  name: "graceful-terminate-sns",
  transition: "terminate",
  heartbeatTimeout: 450,
  instructions: instructionsFor("terminate"),
} as const;

/** SSM with some instances that it refuses, naming them or not. */
function ssm(refuses: ReadonlySet<string>, names: boolean) {
  const jobs: Job[] = [];
  const sent: string[] = [];
  const send = (job: Job): Promise<Sent> => {
    jobs.push(job);
    const refused = job.instances.filter((id) => refuses.has(id));
    if (refused.length > 0) return Promise.resolve({ kind: "refused", instances: names ? refused : [] });
    sent.push(...job.instances);
    return Promise.resolve({ kind: "sent", commandId: `c${jobs.length}` });
  };
  const never = () => Promise.reject(new Error("not to be called"));
  const silent = () => undefined;
  const context: Context = {
    handler: "web-handler",
    autoScaling: {
      groups: never,
      describe: never,
      hooks: never,
      activities: never,
      complete: never,
      heartbeat: never,
    },
    runCommand: { send, cancel: never, invocations: never, command: never, result: never },
    clock: { ...systemClock, now: () => 90_999 },
    log: { info: silent, warn: silent, error: silent },
    isBusy: undefined,
    remaining: () => 60_000,
    memory: { looks: new Map() },
  };
  return { context, jobs, sent };
}

describe("sendDocument", () => {
  const instances = fc.uniqueArray(
    fc.integer({ min: 0, max: 999 }).map((number) => `i-${String(number).padStart(17, "0")}`),
    { maxLength: 130, size: "max" },
  );

  it("sends to every instance once, but those that SSM refuses, and returns these", async () => {
    await fc.assert(
      fc.asyncProperty(instances, fc.boolean(), fc.nat(4), async (ids, names, every) => {
        const refuses = new Set(ids.filter((_, index) => every > 0 && index % (7 * every) === 3));
        const { context, sent } = ssm(refuses, names);
        const runs = ids.map((instance) => ({ instance, token: undefined, since: 0 }));
        const refused = await sendDocument(context, hook, runs);

        assert.deepEqual(refused.sort(), [...refuses].sort());
        assert.deepEqual(sent.sort(), ids.filter((id) => !refuses.has(id)).sort());
      }),
    );
  });

  it("sends to fifty with a call, and to no more", async () => {
    const { context, jobs } = ssm(new Set(), true);
    const runs = Array.from({ length: 120 }, (_, index) => ({
      instance: `i-${index}`,
      token: undefined,
      since: 0,
    }));
    await sendDocument(context, hook, runs);

    assert.equal(sentAtOnce, 50);
    assert.deepEqual(
      jobs.map((job) => job.instances.length),
      [50, 50, 20],
    );
  });

  it("says when it was sent, and gives a batch neither instance nor action", async () => {
    const { context, jobs } = ssm(new Set(), true);
    await sendDocument(context, hook, [
      { instance: "i-1", token: undefined, since: 60_000 },
      { instance: "i-2", token: undefined, since: 20_000 },
    ]);
    await sendDocument(context, hook, [{ instance: "i-1", token: "t", since: 60_000 }]);

    assert.deepEqual(
      jobs.map(({ parameters: { action, instance, sent } }) => [sent, instance, action]),
      [
        ["90", "", ""],
        ["90", "i-1", "t"],
      ],
    );
  });
});
