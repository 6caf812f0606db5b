import assert from "node:assert/strict";
import { encodeInstructions } from "../../contract";
import { because, type ReasonCode } from "../../handler/decide/reason";
import { announce } from "../../handler/sweep/announce";
import type { Due } from "../../handler/sweep/start";
import { ids, instructionsFor } from "../support/payloads";
import { hookName, sweepWorld, type Known } from "../support/sweepWorld";

const document = `${instructionsFor("terminate").document}-announce`;
const metadata = {
  silent: encodeInstructions(instructionsFor("terminate")),
  telling: encodeInstructions(instructionsFor("terminate", { announce: { document, execution: 30 } })),
};

/** What the looks of a sweep have decided about instances at a hook, by the codes of their reasons. */
function decided(
  reasons: Readonly<Record<string, ReasonCode>>,
  hook = hookName,
  group: string = ids.group,
): Due {
  const cases = Object.entries(reasons).map(([instance, code]) => ({
    subject: { instance },
    decision: { kind: "wait", reason: because(code) },
  }));
  return { hook: { name: hook, group }, cases } as unknown as Due;
}

/** Announces in a group with these hooks, each with its transition and metadata; returns whom it tells at which hook. */
async function told(
  due: readonly Due[],
  hooks: readonly (readonly [name: string, transition: "LAUNCHING" | "TERMINATING", metadata: string])[] = [
    [hookName, "TERMINATING", metadata.telling],
  ],
  known: Known = { groups: { [ids.group]: ["i-1", "i-2", "i-3"].map((id) => ({ id })) } },
) {
  const { announced, calls, context } = sweepWorld({
    ...known,
    instructions: { announce: { document, execution: 30 } },
    changes: {
      autoScaling: {
        hooks: () => {
          calls.push("hooks");
          return Promise.resolve(
            hooks.map(([name, transition, own]) => ({
              name,
              lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition}`,
              heartbeatTimeout: 450,
              metadata: own,
            })),
          );
        },
      },
    },
  });
  const [group] = await context.autoScaling.groups(ids.handler);
  assert.ok(group);
  calls.length = 0;
  await announce(context, group, due);
  const tellings = announced.map(({ instances, parameters }) => `${parameters.hook} ${instances.join()}`);
  return { calls, tellings: tellings.sort() };
}

describe("instances at a hook", () => {
  it("are told while they wait for their turn, and for no other reason", async () => {
    const { tellings } = await told([
      decided({ "i-1": "notItsTurn", "i-2": "running", "i-3": "notItsTurn" }),
    ]);

    assert.deepEqual(tellings, [`${hookName} i-1,i-3`]);
  });

  it("cost no call where none of them waits for its turn, though those of another group do", async () => {
    const { calls } = await told([
      decided({ "i-1": "running" }),
      decided({ "i-2": "notItsTurn" }, hookName, "other"),
    ]);

    assert.deepEqual(calls, []);
  });

  it("are told as instances of the hook that they wait at", async () => {
    const { tellings } = await told(
      [decided({ "i-1": "notItsTurn" }, "one"), decided({ "i-2": "notItsTurn" }, "other")],
      [
        ["one", "TERMINATING", metadata.telling],
        ["other", "TERMINATING", metadata.telling],
      ],
    );

    assert.deepEqual(tellings, ["one i-1", "other i-2"]);
  });

  it("are told with the instances that are on their way", async () => {
    const { tellings } = await told([decided({ "i-1": "notItsTurn" })], undefined, {
      groups: { [ids.group]: [{ id: "i-1" }, { id: "i-2", lifecycleState: "Terminating" }] },
    });

    assert.deepEqual(tellings, [`${hookName} i-2,i-1`]);
  });

  it("are told nothing of hooks that announce nothing, nor of launch hooks, whatever their metadata say", async () => {
    const { tellings } = await told(
      [decided({ "i-1": "notItsTurn" }, "telling")],
      [
        ["silent", "TERMINATING", metadata.silent],
        ["launching", "LAUNCHING", metadata.telling],
        ["telling", "TERMINATING", metadata.telling],
      ],
      { groups: { [ids.group]: [{ id: "i-1" }, { id: "i-2", lifecycleState: "Terminating" }] } },
    );

    assert.deepEqual(tellings, ["telling i-2,i-1"]);
  });
});
