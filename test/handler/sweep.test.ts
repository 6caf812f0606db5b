import assert from "node:assert/strict";
import { encodeInstructions } from "../../contract";
import type { Context } from "../../handler/context";
import { sweep } from "../../handler/sweep";
import { Course } from "../support/history/course";
import { handlerContext } from "../support/handlerContext";
import type { History } from "../support/history/history";
import { ids, instructionsFor } from "../support/payloads";

/** A drain of 50 minutes that is heartbeated every five, on a good day. */
const drain: History = {
  transition: "terminate",
  times: { timeout: 3600, heartbeatTimeout: 900 },
  onFailure: "continue",
  deregistrationDelay: 30,
  cause: "scaleIn",
  hasWarmPool: false,
  script: { takes: 3000, succeeds: true, sessions: 0 },
  agent: { away: [], dies: Infinity, fetch: 1, report: 0, listing: 0, failing: 0, forgets: 0 },
  busy: undefined,
  hookEvents: [0],
  commandEvents: [[0]],
  sweeps: { phase: 10, ticks: [[0]], lost: [], cold: [false] },
  outages: [],
  skews: [0],
  latencies: [0],
  again: 600,
};

describe("a sweep", () => {
  const heartbeats = async (changes: Partial<History>) => {
    const { hook } = await Course.of({ ...drain, ...changes });
    return hook.waits[0]?.heartbeats.map((at) => at / 1000);
  };

  it("sends heartbeats on the first look into each third of the hook's timeout", async () => {
    assert.deepEqual(await heartbeats({}), [310, 610, 910, 1210, 1510, 1810, 2110, 2410, 2710]);
  });

  it("catches up on a heartbeat that fell due while AWS did not answer", async () => {
    const sent = await heartbeats({ outages: [{ from: 290, to: 400 }] });

    assert.deepEqual(sent?.slice(0, 2), [430, 610]);
  });

  it("catches up on it also in a function that remembers nothing", async () => {
    const { sweeps } = drain;
    const lost = [{ from: 290, to: 400 }];
    const cold = [
      ...Array.from({ length: 7 }, () => false),
      true,
      ...Array.from({ length: 60 }, () => false),
    ];
    const sent = await heartbeats({ sweeps: { ...sweeps, lost, cold } });

    assert.deepEqual(sent?.slice(0, 2), [430, 610]);
  });

  it("sends a heartbeat again that AWS refused, and no other", async () => {
    const answers = [false, true, true];
    const tried: number[] = [];
    let now = 0;
    const heartbeat = () => {
      tried.push(now / 1000);
      return answers.shift() ? Promise.resolve(true) : Promise.reject(refusal());
    };
    const context = contextOf(() => now, heartbeat);
    for (now = 60_000; now < 900_000; now += 60_000) await sweep(context);

    assert.deepEqual(tried, [300, 360, 600]);
  });
});

function refusal(): Error {
  return Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: {}, $fault: "client" });
}

/** A group whose one instance has been running its script since the beginning of time. */
function contextOf(now: () => number, heartbeat: () => Promise<boolean>): Context {
  const instructions = instructionsFor("terminate", { execution: 3600 });
  const instances = [{ id: ids.instance, lifecycleState: "Terminating:Wait", isHealthy: true }];
  const hook = {
    name: "graceful-terminate-sns",
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 900,
    metadata: encodeInstructions(instructions),
  };
  return handlerContext({
    now,
    autoScaling: {
      groups: () => Promise.resolve([{ name: ids.group, instances, repeats: false, revisions: [] }]),
      hooks: () => Promise.resolve([hook]),
      heartbeat,
    },
    runCommand: {
      invocations: () =>
        Promise.resolve([{ id: "c", instance: ids.instance, requestedAt: 0, status: "running" }]),
    },
  });
}
