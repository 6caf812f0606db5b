import assert from "node:assert/strict";
import { sweep } from "../../handler/sweep";
import { ids, instructionsFor } from "../support/payloads";
import { hookName, sweepWorld, sweptAt, type Known } from "../support/sweepWorld";

const announce = { document: `${instructionsFor("terminate").document}-announce`, execution: 30 };
const chosen = (...instances: string[]) => ({
  [ids.group]: instances.map((id) => ({ id, lifecycleState: "Terminating" })),
});
const world = (known: Known) => sweepWorld({ ...known, instructions: { announce, ...known.instructions } });
const minutes = (count: number) => count * 60_000;

describe("a sweep that tells instances that they were chosen", () => {
  it("sends the announce document, without an action, once to all of them", async () => {
    const { announced, calls, context, lines } = world({ groups: chosen("i-1", "i-2") });
    await sweep(context);

    assert.equal(lines.filter(({ level }) => level !== "info").length, 0);
    assert.deepEqual(calls.slice(1).sort(), [
      "announce i-1,i-2",
      "announcements all",
      `hooks ${ids.group}`,
      "invocations all",
    ]);
    const [job] = announced;
    assert.deepEqual(job, {
      document: announce.document,
      instances: ["i-1", "i-2"],
      parameters: {
        group: ids.group,
        groupBase64: Buffer.from(ids.group).toString("base64"),
        hook: hookName,
        sent: String(sweptAt / 1000),
        since: "",
      },
      delivery: 30,
      budget: 60,
      logGroup: undefined,
    });
  });

  for (const repeats of [false, true])
    it(`makes no further call for them where instances pass ${repeats ? "the hook again" : "it once"}`, async () => {
      const { calls, context } = world({ groups: chosen("i-1"), group: { repeats } });
      await sweep(context);
      calls.length = 0;
      await sweep(context);

      assert.deepEqual(calls, [`groups ${ids.handler}`]);
    });

  it("sends none to an instance that was sent one, or its stop document", async () => {
    const { calls, context } = world({
      groups: chosen("i-1", "i-2"),
      announcements: [{ instance: "i-1", status: "undelivered" }],
      commands: [{ instance: "i-2", early: true }],
    });
    await sweep(context);
    assert.ok(!calls.some((one) => one.startsWith("announce ")), calls.join());

    calls.length = 0;
    await sweep(context);
    assert.deepEqual(calls, [`groups ${ids.handler}`]);
  });

  it("forgets an instance that has gone, which may be chosen again", async () => {
    const instance = { id: "i-1", lifecycleState: "Terminating" };
    const { calls, context } = world({
      groups: { [ids.group]: [instance] },
      group: { repeats: true },
    });
    await sweep(context);
    instance.lifecycleState = "InService";
    await sweep(context);
    instance.lifecycleState = "Terminating";
    calls.length = 0;
    await sweep(context);

    assert.ok(calls.includes("announcements i-1"), calls.join());
  });

  it("counts only commands of this action where an instance may be chosen again", async () => {
    const startedAt = sweptAt - minutes(2);
    const { announced, calls, context } = world({
      groups: chosen("i-1", "i-2"),
      group: { repeats: true },
      activities: { "i-1": { startedAt }, "i-2": { startedAt } },
      announcements: [
        { instance: "i-1", requestedAt: sweptAt - minutes(90) },
        { instance: "i-2", requestedAt: sweptAt - minutes(90) },
        { instance: "i-2", requestedAt: startedAt },
      ],
      commands: [{ instance: "i-1", requestedAt: sweptAt - minutes(89) }],
    });
    await sweep(context);

    assert.deepEqual(
      announced.map(({ instances, parameters: { since } }) => [instances, since]),
      [[["i-1"], String((startedAt - 15_000) / 1000)]],
    );
    assert.ok(calls.includes(`activities ${ids.group}`), calls.join());
  });

  it("tells an instance on its way into a warm pool only where an activity says that it returns", async () => {
    for (const returns of [true, false]) {
      const { announced, context } = world({
        groups: { [ids.group]: [{ id: "i-1", lifecycleState: "Warmed:Pending" }] },
        group: { repeats: true },
        changes: {
          autoScaling: {
            activities: () =>
              Promise.resolve(
                new Map(
                  returns ? [["i-1", { startedAt: sweptAt - 5_000, cause: "", retainedBefore: false }]] : [],
                ),
              ),
          },
        },
      });
      await sweep(context);

      assert.equal(announced.length, returns ? 1 : 0);
    }
  });

  it("leaves alone instances in other states", async () => {
    const others = ["InService", "Pending", "Terminating:Proceed", "Warmed:Terminating", "Standby"];
    const { calls, context } = world({
      groups: { [ids.group]: others.map((lifecycleState, index) => ({ id: `i-${index}`, lifecycleState })) },
    });
    await sweep(context);

    assert.deepEqual(calls, [`groups ${ids.handler}`]);
  });

  it("reads nothing of a group whose tag does not say that it announces", async () => {
    const { calls, context } = world({ groups: chosen("i-1"), group: { revisions: [] } });
    await sweep(context);

    assert.deepEqual(calls, [`groups ${ids.handler}`]);
  });

  it("tells the others where SSM refuses one, and tries that one again with the next sweep", async () => {
    const { announced, context, lines } = world({
      groups: chosen("i-1", "i-2", "i-3"),
      announces: ({ instances }) =>
        instances.includes("i-2")
          ? { kind: "refused", instances: ["i-2"], whole: false, isUnknown: true, cause: "no agent" }
          : { kind: "sent", commandId: "c8", requestedAt: sweptAt },
    });
    await sweep(context);
    await sweep(context);

    assert.deepEqual(
      announced.map(({ instances }) => instances.join()),
      ["i-1,i-2,i-3", "i-1,i-3", "i-2"],
    );
    const subject = { group: ids.group, hook: hookName, transition: "terminate" };
    const refused = {
      level: "warn",
      message: "could not announce to i-2; the next sweep tries again",
      ...subject,
    };
    assert.deepEqual(lines, [
      { level: "info", message: `announced by ${announce.document} as c8 to i-1, i-3`, ...subject },
      { ...refused, error: "SSM refuses the command" },
      { ...refused, error: "no agent" },
    ]);
  });

  it("names all instances that it could not tell, and why", async () => {
    const { context, lines } = world({
      groups: chosen("i-1", "i-2"),
      announces: () => ({ kind: "failed", error: "Rate exceeded" }),
    });
    await sweep(context);

    assert.deepEqual(
      lines.map(({ error, message }) => [message, error]),
      [["could not announce to i-1, i-2; the next sweep tries again", "Rate exceeded"]],
    );
  });

  it("asks for the commands of as long as an instance may have been on its way", async () => {
    const asked: (number | undefined)[] = [];
    const { context } = world({
      groups: chosen("i-1"),
      changes: {
        runCommand: {
          invocations: ({ after }) => {
            asked.push(after);
            return Promise.resolve([]);
          },
        },
      },
    });
    await sweep(context);

    const { agentTimeout, deregistrationDelay, execution } = instructionsFor("terminate");
    const way = deregistrationDelay + 2 * agentTimeout + 2 * (30 + execution) + 2 * 120;
    assert.deepEqual(
      asked.map((after) => (sweptAt - (after ?? 0)) / 1000),
      [way, way],
    );
  });

  it("fails for one group without an effect on another group, or on what waits", async () => {
    const groups = {
      web: [{ id: "i-1", lifecycleState: "Terminating" }],
      jobs: [
        { id: "i-2", lifecycleState: "Terminating" },
        { id: "i-3", lifecycleState: "Terminating:Wait" },
      ],
    };
    const { calls, context } = world({
      groups,
      fails: { "hooks web": new Error("broken") },
      commands: [{ instance: "i-3", status: "succeeded" }],
    });
    await sweep(context);

    assert.ok(calls.includes("announce i-2"), calls.join());
    assert.ok(calls.includes("complete i-3"), calls.join());
  });

  it("comes after completions and heartbeats", async () => {
    const { calls, context } = world({
      groups: {
        [ids.group]: [
          { id: "i-1", lifecycleState: "Terminating" },
          { id: "i-2", lifecycleState: "Terminating:Wait" },
        ],
      },
      commands: [{ instance: "i-2", status: "succeeded" }],
    });
    await sweep(context);

    assert.ok(calls.indexOf("complete i-2") < calls.indexOf("announce i-1"), calls.join());
    assert.ok(calls.includes("complete i-2"));
  });
});
