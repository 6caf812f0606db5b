import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sent } from "../../handler/aws/refusal";
import type { Job } from "../../handler/aws/runCommand";
import type { Context } from "../../handler/context";
import { sendDocument, sentAtOnce, type DocumentTarget } from "../../handler/send";
import { handlerContext, type ContextChanges } from "../support/handlerContext";
import { instructionsFor } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

const hook = {
  group: "web",
  name: "graceful-terminate-sns",
  transition: "terminate",
  heartbeatTimeout: 450,
  instructions: instructionsFor("terminate", { maxWait: 60 }),
} as const;

/** How SSM names the instances that it refuses: all, one at a time, none as their agents are unknown, or none. */
type Telling = "names" | "a name" | "unknown" | "nothing";

const now = 90_999;

/** SSM with some instances that it refuses. */
function ssm(refuses: ReadonlySet<string>, telling: Telling, changes: ContextChanges = {}) {
  const jobs: Job[] = [];
  const sent: string[] = [];
  let looks = 0;
  let rounds = 0;
  let round: Promise<void> | undefined;
  /** Calls that are made side by side are answered side by side. */
  const answerTime = () => {
    round ??= new Promise((resolve) => {
      rounds += 1;
      setImmediate(() => {
        round = undefined;
        resolve();
      });
    });
    return round;
  };
  const send = async (job: Job): Promise<Sent> => {
    jobs.push(job);
    await answerTime();
    const refused = job.instances.filter((id) => refuses.has(id));
    if (refused.length > 0) {
      return {
        kind: "refused",
        instances: telling === "names" ? refused : telling === "a name" ? refused.slice(0, 1) : [],
        whole: false,
        isUnknown: telling === "unknown",
        cause: "no agent",
      };
    }
    sent.push(...job.instances);
    return { kind: "sent", commandId: `c${jobs.length}`, requestedAt: now };
  };
  const machines = (ids: readonly string[]) => {
    looks += 1;
    return Promise.resolve(new Map(ids.map((id) => [id, refuses.has(id) ? "gone" : "there"] as const)));
  };
  const context = handlerContext({ now: () => now, runCommand: { send, machines }, ...changes });
  return { context, jobs, sent, looks: () => looks, rounds: () => rounds };
}

/** Sends, and returns which instances SSM refused, and why. */
async function sendAll(
  context: Context,
  runs: readonly DocumentTarget[],
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  await sendDocument(context, hook, runs, (instances, cause) => {
    assert.ok(instances.length > 0);
    for (const instance of instances) {
      assert.ok(!refused.has(instance), `${instance} is told twice`);
      refused.set(instance, cause);
    }
  });
  return refused;
}

const runsOf = (ids: readonly string[]) => ids.map((instance) => ({ instance, token: undefined, since: 0 }));

describe("sendDocument", () => {
  const instances = fc.uniqueArray(
    fc.integer({ min: 0, max: 999 }).map((number) => `i-${String(number).padStart(17, "0")}`),
    { maxLength: 130, size: "max" },
  );
  const tellings = fc.constantFrom<Telling>("names", "a name", "unknown", "nothing");

  it("sends to every instance once, except instances that SSM refuses, and reports each refused instance once", async () => {
    await fc.assert(
      fc.asyncProperty(instances, tellings, fc.nat(4), async (ids, telling, every) => {
        const refuses = new Set(ids.filter((_, index) => every > 0 && index % (7 * every) === 3));
        const { context, sent } = ssm(refuses, telling);
        const refused = await sendAll(context, runsOf(ids));

        assert.deepEqual([...refused.keys()].sort(), [...refuses].sort());
        assert.deepEqual(sent.sort(), ids.filter((id) => !refuses.has(id)).sort());
      }),
    );
  });

  it("asks SSM once for the agents of a batch that SSM refuses without names, instead of trying each instance", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    const { context, jobs, looks } = ssm(new Set(ids.filter((_, index) => index % 2 === 0)), "unknown");
    const refused = await sendAll(context, runsOf(ids));

    assert.equal(refused.size, 25);
    assert.deepEqual([jobs.length, looks()], [2, 1]);
  });

  it("reaches every instance within eight calls in a row where SSM names one refused instance at a time", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `i-${String(index).padStart(2, "0")}`);
    const refuses = new Set(ids.filter((_, index) => index % 2 === 0));
    const { context, rounds, sent } = ssm(refuses, "a name");
    const refused = await sendAll(context, runsOf(ids));

    assert.equal(refused.size, 25);
    assert.equal(sent.length, 25);
    assert.ok(rounds() <= 8, `${rounds()} calls`);
  });

  it("reports refused instances before it sends to the rest, for which the time may not suffice", async () => {
    const told: string[] = [];
    const { context, jobs } = ssm(new Set(["i-1"]), "names");
    const { send: usual } = context.runCommand;
    const runCommand = {
      ...context.runCommand,
      send: (job: Job) => {
        told.push(`send to ${job.instances.join()}`);
        return usual(job);
      },
    };
    await sendDocument({ ...context, runCommand }, hook, runsOf(["i-1", "i-2"]), (instances) => {
      told.push(`refused ${instances.join()}`);
    });

    assert.equal(jobs.length, 2);
    assert.deepEqual(told, ["send to i-1,i-2", "refused i-1", "send to i-2"]);
  });

  it("does not ask for agents where SSM knows the agents and refuses for another reason", async () => {
    const { context, jobs, looks } = ssm(new Set(["i-1"]), "nothing");
    const refused = await sendAll(context, runsOf(["i-1", "i-2"]));

    assert.deepEqual([[...refused.keys()], looks()], [["i-1"], 0]);
    assert.deepEqual(
      jobs.map((job) => job.instances),
      [["i-1", "i-2"], ["i-1"], ["i-2"]],
    );
  });

  it("does not split a batch that is refused as a whole", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    let calls = 0;
    const send = (): Promise<Sent> => {
      calls += 1;
      const cause = "the document is gone";
      return Promise.resolve({ kind: "refused", instances: [], whole: true, isUnknown: false, cause });
    };
    const { context } = ssm(new Set(), "names", { runCommand: { send } });
    const refused = await sendAll(context, runsOf(ids));

    assert.equal(calls, 1);
    assert.deepEqual([...new Set(refused.values())], ["the document is gone"]);
    assert.equal(refused.size, 50);
  });

  it("takes the times of a batch from the instance that has waited longest", async () => {
    const isBusy = () => Promise.resolve(false);
    const { context, jobs } = ssm(new Set(), "names", { isBusy });
    const run = (instance: string, since: number) => ({
      instance,
      token: undefined,
      since,
      actionSince: since,
    });
    await sendAll(context, [run("i-1", 80_000), run("i-2", 70_000)]);

    const [parameters] = jobs.map((job) => job.parameters);
    assert.deepEqual([parameters?.since, parameters?.sessionWait], ["55", "40"]);
  });

  it("makes no call without an instance, and logs the instances of a call", async () => {
    const { lines, log } = recordedLog();
    const { context, jobs } = ssm(new Set(["i-1", "i-2"]), "names", { log });
    await sendAll(context, []);
    assert.equal(jobs.length, 0);
    await sendAll(context, runsOf(["i-1", "i-2"]));
    assert.equal(jobs.length, 1);
    await sendAll(context, runsOf(["i-3", "i-4"]));

    const { document } = hook.instructions;
    const subject = { group: "web", hook: hook.name, transition: "terminate" };
    assert.deepEqual(lines, [{ level: "info", message: `sent ${document} as c2 to i-3, i-4`, ...subject }]);
  });

  it("logs a command that SSM does not take now, and leaves the instances to the next sweep", async () => {
    const { lines, log } = recordedLog();
    const send = () => Promise.resolve({ kind: "failed", error: "Throttling" } as const);
    const { context } = ssm(new Set(), "names", { log, runCommand: { send } });
    const refused = await sendAll(context, runsOf(["i-3", "i-4"]));

    assert.equal(refused.size, 0);
    const message = `could not send ${hook.instructions.document} to i-3, i-4; the next sweep tries again`;
    assert.deepEqual(
      lines.map(({ error, level, message: said }) => [level, said, error]),
      [["error", message, "Throttling"]],
    );
  });

  it("sends to at most fifty instances with a call", async () => {
    const { context, jobs } = ssm(new Set(), "names");
    await sendAll(context, runsOf(Array.from({ length: 120 }, (_, index) => `i-${index}`)));

    assert.equal(sentAtOnce, 50);
    assert.deepEqual(
      jobs.map((job) => job.instances.length),
      [50, 50, 20],
    );
  });

  it("says no route where none is known, to a document that takes routes", async () => {
    const { context, jobs } = ssm(new Set(), "nothing");
    const pooled = { ...hook, instructions: instructionsFor("terminate", { inWarmPool: "run" }) };
    await sendDocument(context, pooled, runsOf(["i-1"]), () => undefined);

    assert.deepEqual(
      jobs.map(({ parameters: { destination, origin } }) => [origin, destination]),
      [["", ""]],
    );
  });

  it("gives a batch neither instance nor action, and a single instance the sealed token", async () => {
    const { context, jobs } = ssm(new Set(), "names");
    await sendAll(context, runsOf(["i-1", "i-2"]));
    await sendAll(context, [{ instance: "i-1", token: "secret", since: 60_000 }]);
    const [batch, single] = jobs.map(({ parameters }) => parameters);

    assert.deepEqual([batch?.action, batch?.instance], ["", ""]);
    assert.equal(single?.instance, "i-1");
    assert.ok(single.action !== "" && !JSON.stringify(single).includes("secret"));
    const place = { group: hook.group, hook: hook.name, instance: "i-1" };
    assert.equal(context.seal.open(single.action, place), "secret");
  });

  it("says when it sends and when the action began, in seconds of its own clock", async () => {
    const { context, jobs } = ssm(new Set(), "names");
    const run = { instance: "i-1", token: undefined, since: 0 };
    await sendAll(context, [{ ...run, actionSince: 60_700 }]);
    await sendAll(context, [
      { ...run, actionSince: 60_700 },
      { ...run, instance: "i-2" },
    ]);

    assert.deepEqual(
      jobs.map(({ parameters: { sent, since } }) => [sent, since]),
      [
        ["90", "45"],
        ["90", ""],
      ],
    );
  });

  it("gives sessions the time that the probe has left, and all of their time where there is no probe", async () => {
    const isBusy = () => Promise.resolve(false);
    const waits = async (since: number, changes: ContextChanges) => {
      const { context, jobs } = ssm(new Set(), "names", changes);
      await sendAll(context, [{ instance: "i-1", token: undefined, since }]);
      return jobs[0]?.parameters.sessionWait;
    };

    assert.equal(await waits(50_000, {}), "");
    assert.equal(await waits(50_000, { isBusy }), "20");
    assert.equal(await waits(10_000, { isBusy }), "0");
  });

  it("sends a separate command to instances whose metadata service does not tell that they are on their way", async () => {
    const { context, jobs } = ssm(new Set(), "names");
    const [one, other] = runsOf(["i-1", "i-2"]);
    assert.ok(one && other);
    await sendAll(context, [one, { ...other, isUntold: true }]);

    assert.deepEqual(
      jobs.map(({ instances: ids, parameters: { meant } }) => [ids.join(), meant]),
      [
        ["i-1", ""],
        ["i-2", "yes"],
      ],
    );
  });
});
