import assert from "node:assert/strict";
import { OutOfTime } from "../../handler/aws/errors";
import { answerLife } from "../../handler/busy/protection";
import { sweep } from "../../handler/sweep";
import { sweepWorld, sweptAt, type Known } from "../support/sweepWorld";

describe("a sweep of a handler that replaces instances", () => {
  const swept = async (changes: Known["changes"]) => {
    const world = sweepWorld({ groups: { web: [{ id: "i-1", lifecycleState: "InService" }] }, changes });
    await sweep(world.context);
    return world;
  };
  const failing = (error: Error) => {
    let asked = 0;
    const retirements = () => {
      asked += 1;
      return Promise.reject(error);
    };
    return { ec2: { retirements }, asked: () => asked };
  };

  it("writes a line where EC2 does not say what retires, and is not a failure itself", async () => {
    const { asked, ec2 } = failing(new Error("EC2 is away"));
    const { lines } = await swept({ ec2, replaceOn: new Set(["retirement"]) });

    assert.equal(asked(), 1);
    assert.deepEqual(lines, [
      {
        level: "error",
        message: "looking for instances to replace failed; the next sweep tries again",
        error: "Error: EC2 is away",
      },
    ]);
  });

  it("writes no line where its time is over", async () => {
    const { asked, ec2 } = failing(new OutOfTime());
    const { lines } = await swept({ ec2, replaceOn: new Set(["retirement"]) });

    assert.deepEqual([asked(), lines], [1, []]);
  });

  it("asks EC2 nothing where it replaces none", async () => {
    const { asked, ec2 } = failing(new Error("not to be called"));
    const { lines } = await swept({ ec2 });

    assert.deepEqual([asked(), lines], [0, []]);
  });
});

describe("a sweep of groups whose busy instances are protected", () => {
  const inService = (id: string) => [{ id, lifecycleState: "InService" }];

  it("protects the busy instances of every group, though a call fails for one group", async () => {
    const isProtected: string[] = [];
    const { context, lines } = sweepWorld({
      groups: { one: inService("i-1"), two: inService("i-2"), three: inService("i-3") },
      group: { busy: "protect" },
      changes: {
        isBusy: ({ instanceId }) => Promise.resolve(instanceId !== "i-3"),
        autoScaling: {
          protect: (group, instances) => {
            if (group === "one") return Promise.reject(new TypeError("no"));
            isProtected.push(...instances);
            return Promise.resolve();
          },
        },
      },
    });
    await sweep(context);

    assert.deepEqual(isProtected, ["i-2"]);
    assert.deepEqual(
      lines.filter(({ level }) => level === "error"),
      [
        {
          level: "error",
          message: "the handler itself failed; the next sweep tries again",
          group: "one",
          error: "TypeError: no",
        },
      ],
    );
  });

  it("forgets what a callback said twice as long ago as it counts", async () => {
    const { context } = sweepWorld({ groups: { web: inService("i-1") } });
    const { busy } = context.memory;
    for (const [instance, ago] of [
      ["i-1", 0],
      ["i-2", 2 * answerLife],
      ["i-3", 2 * answerLife + 1],
    ] as const)
      busy.set(`web ${instance}`, { answer: "busy", askedAt: sweptAt - ago });
    await sweep(context);

    assert.deepEqual([...busy.keys()], ["web i-1", "web i-2"]);
  });
});
