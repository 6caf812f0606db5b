import assert from "node:assert/strict";
import { sweep } from "../../handler/sweep";
import { routeOf, type Launch } from "../../handler/route";
import { decide, decideFresh } from "../../handler/decide";
import { onHookAction } from "../../handler/hookAction";
import { encodeInstructions } from "../../contract";
import { readRoutes } from "../../handler/sweep/routes";
import { withPool } from "../../handler/sweep/pool";
import { activity, command, situation } from "./decide/situations";
import { handlerContext } from "../support/handlerContext";
import { ids, instructionsFor } from "../support/payloads";
import { sweepWorld, sweptAt } from "../support/sweepWorld";

const pooled = "i-0000000000000001";
const other = "i-0000000000000002";

describe("a sweep of a group with a warm pool", () => {
  it("reads the pool, and serves an instance that waits there on its way back", async () => {
    const { calls, context } = sweepWorld({
      groups: { [ids.group]: [] },
      pools: { [ids.group]: [{ id: pooled, lifecycleState: "Warmed:Pending:Wait" }] },
      launches: { [pooled]: { isRunning: false, isFromPool: true } },
    });
    await sweep(context);

    assert.ok(calls.includes(`pool ${ids.group}`));
    assert.ok(calls.includes(`send ${pooled}`));
  });

  it("does not run the stop script for an instance that launches into the pool", async () => {
    const underWay: Readonly<Record<string, Launch>> = { [pooled]: { isRunning: true, isFromPool: false } };
    for (const launches of [underWay, {}]) {
      const { calls, context } = sweepWorld({
        groups: { [ids.group]: [] },
        pools: { [ids.group]: [{ id: pooled, lifecycleState: "Warmed:Pending:Wait" }] },
        launches,
      });
      await sweep(context);

      assert.deepEqual(
        calls.filter((call) => call.startsWith("send")),
        [],
      );
    }
  });

  it("makes one call more than for a group without a pool, and none where nothing waits", async () => {
    const { calls, context } = sweepWorld({
      groups: { [ids.group]: [{ id: other, lifecycleState: "InService" }] },
      pools: { [ids.group]: [{ id: pooled, lifecycleState: "Warmed:Stopped" }] },
    });
    await sweep(context);

    assert.deepEqual(calls, [`groups ${ids.handler}`, `pool ${ids.group}`]);
  });

  it("serves the group and all other groups although a pool cannot be read, and forgets nothing", async () => {
    const { calls, context, lines } = sweepWorld({
      groups: { [ids.group]: [{ id: other }], quiet: [] },
      pools: { [ids.group]: [], quiet: [] },
      fails: { [`pool ${ids.group}`]: new Error("denied"), "pool quiet": new Error("denied") },
    });
    await sweep(context);

    assert.ok(calls.includes(`send ${other}`));
    assert.equal(lines.filter(({ level }) => level === "error").length, 2);
    assert.equal(context.memory.groups.has("quiet"), false);
  });

  it("sends one command for each route, with the route, to documents that take routes", async () => {
    const { context, jobs } = sweepWorld({
      groups: { [ids.group]: [{ id: other }] },
      pools: { [ids.group]: [{ id: pooled, lifecycleState: "Warmed:Pending:Wait" }] },
      launches: { [pooled]: { isRunning: false, isFromPool: true } },
      instructions: { inWarmPool: "skip" },
    });
    await sweep(context);

    assert.deepEqual(
      jobs.map(({ instances, parameters: { destination, origin } }) => [...instances, origin, destination]),
      [
        [other, "AutoScalingGroup", "EC2"],
        [pooled, "AutoScalingGroup", "WarmPool"],
      ],
    );
  });

  it("sends no route to documents that do not take routes", async () => {
    const { context, jobs } = sweepWorld({ groups: { [ids.group]: [{ id: other }] } });
    await sweep(context);

    assert.deepEqual(
      jobs.map(({ parameters }) => "origin" in parameters || "destination" in parameters),
      [false],
    );
  });

  it("sends again without the route where a deployment has changed the document before the hook", async () => {
    const refusal = { instances: [], whole: true, isUnknown: false, cause: "InvalidParameters" } as const;
    const { context, jobs, lines } = sweepWorld({
      groups: { [ids.group]: [{ id: other }] },
      instructions: { inWarmPool: "skip" },
      sends: ({ parameters }) =>
        "origin" in parameters
          ? { kind: "refused", ...refusal, isUnknownParameter: true }
          : { kind: "sent", commandId: "c9", requestedAt: sweptAt },
    });
    await sweep(context);

    assert.equal(jobs.length, 2);
    assert.deepEqual(
      lines.filter(({ level }) => level !== "info"),
      [],
    );
  });

  it("sends once where SSM refuses for another reason, or where the document takes no route anyway", async () => {
    const refusal = { instances: [], whole: true, isUnknown: false, cause: "no agent" } as const;
    for (const [inWarmPool, isUnknownParameter] of [
      ["skip", false],
      [undefined, true],
    ] as const) {
      const { context, jobs } = sweepWorld({
        groups: { [ids.group]: [{ id: other }] },
        instructions: inWarmPool === undefined ? {} : { inWarmPool },
        sends: () => ({ kind: "refused", ...refusal, isUnknownParameter }),
      });
      await sweep(context);

      assert.equal(jobs.length, 1, inWarmPool);
    }
  });

  it("completes the termination of an instance of the pool at once where its machine is stopped", async () => {
    const { calls, context } = sweepWorld({
      groups: { [ids.group]: [] },
      pools: { [ids.group]: [{ id: pooled, lifecycleState: "Warmed:Terminating:Wait" }] },
      instructions: { inWarmPool: "skip" },
    });
    await sweep(context);

    assert.ok(calls.includes(`complete ${pooled}`));
    assert.ok(!calls.some((call) => call.startsWith("send")));
  });
});

describe("the instances of a group with a warm pool", () => {
  const instance = (id: string, lifecycleState: string) => ({
    id,
    lifecycleState,
    isHealthy: true,
    isProtected: false,
  });

  it("are those of the group and of its pool, each once: one may leave the pool meanwhile", async () => {
    const { context } = sweepWorld({
      pools: {
        [ids.group]: [
          { id: other, lifecycleState: "Warmed:Pending:Proceed" },
          { id: pooled, lifecycleState: "Warmed:Stopped" },
        ],
      },
    });
    const [listed] = await context.autoScaling.groups(ids.handler);
    assert.ok(listed);
    const group = { ...listed, hasUnreadPool: true, instances: [instance(other, "Pending:Wait")] };

    assert.deepEqual(await withPool(context, group), {
      ...group,
      hasUnreadPool: false,
      instances: [instance(other, "Pending:Wait"), instance(pooled, "Warmed:Stopped")],
    });
  });

  it("have their launches read where that tells the route, and only then", async () => {
    const launch = { isRunning: true, isFromPool: true };
    const readOf = async (lifecycleState: string, ...inWarmPool: readonly ("skip" | undefined)[]) => {
      const asked: string[] = [];
      const launches = (_: string, instances: readonly string[]) => {
        asked.push(...instances);
        return Promise.resolve(new Map([[pooled, launch]]));
      };
      const hooks = inWarmPool.map((own) => ({
        group: ids.group,
        name: "graceful-launch-sns",
        transition: "launch" as const,
        heartbeatTimeout: 450,
        instructions: { ...instructionsFor("launch"), ...(own === undefined ? {} : { inWarmPool: own }) },
      }));
      const [group] = await sweepWorld().context.autoScaling.groups(ids.handler);
      assert.ok(group);
      const instances = [instance(pooled, lifecycleState), instance(other, "InService")];
      const routeFor = await readRoutes(
        handlerContext({ autoScaling: { launches } }),
        { ...group, instances },
        hooks,
      );
      return { asked, origin: routeFor(instance(pooled, lifecycleState), "launch")?.origin };
    };

    assert.deepEqual(await readOf("Pending:Wait", undefined, "skip"), {
      asked: [pooled],
      origin: "WarmPool",
    });
    assert.deepEqual(await readOf("Pending:Wait", undefined), { asked: [], origin: undefined });
    assert.deepEqual(await readOf("Warmed:Pending:Wait", undefined), { asked: [pooled], origin: "EC2" });
    assert.deepEqual((await readOf("Terminating:Wait", "skip")).asked, []);
  });
});

describe("the route of an instance", () => {
  const running = { isRunning: true, isFromPool: false };
  const ended = { isRunning: false, isFromPool: true };

  it("follows from its state, and from its latest launch where the state leaves a question open", () => {
    const told = [
      ["Pending:Wait", "launch", running, "EC2 to AutoScalingGroup"],
      ["Pending:Wait", "launch", { ...running, isFromPool: true }, "WarmPool to AutoScalingGroup"],
      ["Pending:Wait", "launch", undefined, "undefined to AutoScalingGroup"],
      ["Pending:Wait", "terminate", running, "none"],
      ["Warmed:Pending:Wait", "launch", running, "EC2 to WarmPool"],
      ["Warmed:Pending:Wait", "launch", ended, "none"],
      ["Warmed:Pending:Wait", "launch", undefined, "none"],
      ["Warmed:Pending:Wait", "terminate", running, "none"],
      ["Warmed:Pending:Wait", "terminate", ended, "AutoScalingGroup to WarmPool"],
      ["Warmed:Pending:Wait", "terminate", undefined, "none"],
      ["Terminating:Wait", "terminate", undefined, "AutoScalingGroup to EC2"],
      ["Warmed:Terminating:Wait", "terminate", undefined, "WarmPool to EC2"],
      ["Warmed:Terminating:Wait", "launch", undefined, "none"],
      ["ReplacingRootVolume:Wait", "terminate", undefined, "AutoScalingGroup to AutoScalingGroup"],
      ["Warmed:Stopped", "launch", ended, "none"],
    ] as const;
    for (const [state, transition, launch, expected] of told) {
      const route = routeOf(state, transition, launch);
      const words = route === undefined ? "none" : `${String(route.origin)} to ${String(route.destination)}`;
      assert.equal(words, expected, `${state} ${transition}`);
    }
  });
});

describe("the decision about an instance that stays in the warm pool", () => {
  const instructions = { ...instructionsFor("launch"), inWarmPool: "skip" } as const;

  it("completes at once where the script does not run in the pool", () => {
    const found = situation({ transition: "launch", instructions, isPoolOnly: true });
    for (const decision of [decide(found), decideFresh({ ...found, kind: "fresh", since: found.now })]) {
      assert.ok(decision.kind === "complete");
      assert.deepEqual([decision.result, decision.outcome], ["CONTINUE", "skipped"]);
      assert.equal(decision.reason.code, "onlyInWarmPool");
    }
  });

  it("retains nothing that serves nobody, and says so", () => {
    const decision = decide(
      situation({
        instructions: instructionsFor("terminate", { onFailure: "retain" }),
        isPoolOnly: true,
        activity: activity(),
        commands: [command("failed")],
      }),
    );

    assert.ok(decision.kind === "complete");
    assert.equal(decision.result, "CONTINUE");
    assert.match(decision.reason.text, /, but the instance is in the warm pool: continue$/);
  });

  it("runs the script where it runs in the pool, and on every other route", () => {
    for (const [inWarmPool, isPoolOnly] of [
      ["run", true],
      [undefined, true],
      ["skip", false],
    ] as const) {
      const own = instructionsFor("launch");
      const found = situation({
        transition: "launch",
        instructions: inWarmPool === undefined ? own : { ...own, inWarmPool },
        isPoolOnly,
        since: 0,
      });
      assert.equal(decide(found).kind, "run");
    }
  });
});

describe("the event of an instance that launches into the warm pool", () => {
  const eventOf = (inWarmPool: "run" | "skip", time: number) => ({
    kind: "hookAction" as const,
    group: ids.group,
    hook: "graceful-launch-sns",
    transition: "launch" as const,
    instance: ids.instance,
    token: ids.token,
    time,
    route: { origin: "EC2", destination: "WarmPool" } as const,
    metadata: encodeInstructions({ ...instructionsFor("launch"), inWarmPool }),
  });

  it("completes the action by its token, with one call, where the script does not run in the pool", async () => {
    const completed: unknown[] = [];
    const context = handlerContext({
      autoScaling: {
        complete: ({ token }, result) => {
          completed.push([token, result]);
          return Promise.resolve(true);
        },
      },
    });
    await onHookAction(context, eventOf("skip", 0));

    assert.deepEqual(completed, [[ids.token, "CONTINUE"]]);
  });

  it("sends the document with the route where the script runs in the pool", async () => {
    const sent: unknown[] = [];
    const context = handlerContext({
      runCommand: {
        send: ({ parameters: { destination, origin } }) => {
          sent.push([origin, destination]);
          return Promise.resolve({ kind: "sent", commandId: "c1", requestedAt: 0 });
        },
      },
    });
    await onHookAction(context, eventOf("run", 0));

    assert.deepEqual(sent, [["EC2", "WarmPool"]]);
  });

  it("is trusted for five seconds only: the instance may pass the hook again soon", async () => {
    const looks: string[] = [];
    const context = handlerContext({
      now: () => 6_000,
      autoScaling: {
        describe: ([instance = ""]) => {
          looks.push(instance);
          return Promise.resolve(new Map());
        },
      },
    });
    await onHookAction(context, eventOf("run", 0));

    assert.deepEqual(looks, [ids.instance]);
  });
});
