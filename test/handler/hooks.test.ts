import assert from "node:assert/strict";
import { encodeInstructions, revisionsOf, type Instructions, type Transition } from "../../contract";
import type { Group, Hook } from "../../handler/aws/autoScaling";
import type { ServedHook } from "../../handler/servedHook";
import { rememberHook } from "../../handler/sweep";
import { hooksOf } from "../../handler/sweep/hooks";
import { handlerContext } from "../support/handlerContext";
import { PassingTime } from "../support/passingTime";
import { ids, instructionsFor } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

const metadataOf = (transition: Transition, changes: Partial<Instructions> = {}) =>
  encodeInstructions(instructionsFor(transition, changes));
const hook = (transition: Transition, changes: Partial<Hook> = {}): Hook => ({
  name: `graceful-${transition}-sns`,
  lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition === "launch" ? "LAUNCHING" : "TERMINATING"}`,
  heartbeatTimeout: 450,
  metadata: metadataOf(transition),
  ...changes,
});

/** A group with one instance, and with tags that name revisions of hooks. */
function group(lifecycleState: string, ...hooks: readonly Hook[]): Group {
  const revisions = hooks.map(({ lifecycleTransition, metadata = "" }) =>
    revisionsOf([{ transition: lifecycleTransition.includes("LAUNCH") ? "launch" : "terminate", metadata }]),
  );
  return {
    name: "web",
    instances: [{ id: "i-1", lifecycleState, isHealthy: true, isProtected: false }],
    hasUnreadPool: false,
    repeats: false,
    busy: undefined,
    revisions,
  };
}

function world(...hooks: readonly Hook[]) {
  const { lines, log } = recordedLog();
  const clock = new PassingTime(1_000_000);
  let reads = 0;
  const read = () => {
    reads += 1;
    return Promise.resolve([...hooks]);
  };
  const context = { ...handlerContext({ log, autoScaling: { hooks: read } }), clock };
  return { context, clock, lines, reads: () => reads };
}

const namesOf = (hooks: readonly ServedHook[]) => hooks.map(({ name }) => name);

describe("the hooks of a group", () => {
  const both = [hook("launch"), hook("terminate")];

  it("are read once as long as the tags of the group name the revisions that were read", async () => {
    const { clock, context, reads } = world(...both);
    for (let look = 0; look < 3; look += 1) {
      const hooks = await hooksOf(context, group("Terminating:Wait", ...both));
      assert.ok(namesOf(hooks).includes("graceful-terminate-sns"));
      await clock.sleep(60_000);
    }

    assert.equal(reads(), 1);
  });

  it("are read again after half an hour, as somebody may change them by hand", async () => {
    const { clock, context, reads } = world(...both);
    await hooksOf(context, group("Terminating:Wait", ...both));
    await clock.sleep(30 * 60_000 - 1);
    await hooksOf(context, group("Terminating:Wait", ...both));
    assert.equal(reads(), 1);

    await clock.sleep(1);
    await hooksOf(context, group("Terminating:Wait", ...both));
    assert.equal(reads(), 2);
    await hooksOf(context, group("Terminating:Wait", ...both));
    assert.equal(reads(), 2);
  });

  it("are read again where the tags name another revision, or no revision of the transition that instances wait for", async () => {
    const { context, reads } = world(...both);
    await hooksOf(context, group("Terminating:Wait", ...both));
    await hooksOf(context, group("Terminating:Wait", hook("terminate", { metadata: "another" })));
    assert.equal(reads(), 2);
    await hooksOf(context, group("Terminating:Wait", hook("launch")));
    assert.equal(reads(), 3);
    await hooksOf(context, group("Terminating:Wait"));
    assert.equal(reads(), 4);
    await hooksOf(context, group("Pending:Wait", hook("launch")));
    assert.equal(reads(), 4);
  });

  it("are found for each transition that an instance may wait for, and for each component", async () => {
    const other = hook("terminate", {
      name: "other",
      metadata: metadataOf("terminate", { execution: 60 }),
    });
    const all = [...both, other];
    const { context, reads } = world(...all);
    await hooksOf(context, group("InService", ...all));
    const warm = await hooksOf(context, group("Warmed:Pending:Wait", ...all));
    const ends = await hooksOf(context, group("Terminating:Wait", ...all));

    assert.equal(reads(), 1);
    assert.deepEqual(namesOf(warm).sort(), ["graceful-launch-sns", "graceful-terminate-sns", "other"]);
    assert.deepEqual(namesOf(ends).sort(), ["graceful-terminate-sns", "other"]);
  });

  it("are found once each where two tags name the same revision", async () => {
    const { context } = world(hook("terminate"));
    const twice = group("Terminating:Wait", hook("terminate"), hook("terminate"));
    await hooksOf(context, twice);
    const again = await hooksOf(context, twice);

    assert.deepEqual(namesOf(again), ["graceful-terminate-sns"]);
  });

  it("share a revision where their metadata is the same", async () => {
    const twin = hook("terminate", { name: "twin" });
    const { context } = world(hook("terminate"), twin);
    await hooksOf(context, group("Terminating:Wait", twin));

    assert.deepEqual(namesOf(await hooksOf(context, group("Terminating:Wait", twin))), [
      "graceful-terminate-sns",
      "twin",
    ]);
  });

  it("are left out where they are not for this handler, and refused alone where their instructions are malformed", async () => {
    const { context, lines } = world(
      hook("terminate"),
      hook("terminate", { name: "foreign", metadata: undefined }),
      hook("terminate", { name: "another's", metadata: metadataOf("terminate", { handler: "another" }) }),
      hook("terminate", { name: "odd", lifecycleTransition: "autoscaling:OTHER" }),
      hook("terminate", {
        name: "broken",
        metadata: metadataOf("terminate").replace('"execution":120', '"execution":1e13'),
      }),
      hook("terminate", {
        name: "another's broken",
        metadata: metadataOf("terminate")
          .replaceAll(ids.handler, "another")
          .replace('"execution":120', '"execution":1e13'),
      }),
    );
    const hooks = await hooksOf(context, group("Terminating:Wait"));

    assert.deepEqual(hooks, [
      {
        group: "web",
        name: "graceful-terminate-sns",
        transition: "terminate",
        heartbeatTimeout: 450,
        instructions: instructionsFor("terminate"),
      },
    ]);
    assert.deepEqual(
      lines.map(({ group: name, hook: broken, level }) => [level, name, broken]),
      [["error", "web", "broken"]],
    );
    assert.match(lines[0]?.message ?? "", /^the metadata of the hook cannot be followed: execution is 1/);
  });

  it("are remembered from an event, which tells all about its hook", async () => {
    const metadata = metadataOf("terminate", { heartbeatTimeout: 600 });
    const told = hook("terminate", { metadata });
    const served: ServedHook = {
      group: "web",
      name: told.name,
      transition: "terminate",
      heartbeatTimeout: Infinity,
      instructions: instructionsFor("terminate", { heartbeatTimeout: 600 }),
    };
    const { clock, context, reads } = world(told);
    rememberHook(context.memory, served, metadata, clock.now());
    const hooks = await hooksOf(context, group("Terminating:Wait", told));
    assert.deepEqual([reads(), hooks], [0, [{ ...served, heartbeatTimeout: 600 }]]);

    // An event does not prolong the time for which known hooks are remembered.
    await clock.sleep(20 * 60_000);
    const changed = metadataOf("terminate", { heartbeatTimeout: 900 });
    rememberHook(
      context.memory,
      { ...served, instructions: instructionsFor("terminate", { heartbeatTimeout: 900 }) },
      changed,
      clock.now(),
    );
    rememberHook(context.memory, { ...served, name: "late" }, metadata, clock.now());
    assert.deepEqual(namesOf(await hooksOf(context, group("Terminating:Wait", told))), [told.name]);
    assert.equal(reads(), 0);
    await clock.sleep(10 * 60_000);
    await hooksOf(context, group("Terminating:Wait", told));
    assert.equal(reads(), 1);
  });
});
