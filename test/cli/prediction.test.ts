import assert from "node:assert/strict";
import { GracefulAutoScalingGroup } from "../../components";
import { predictorOf, type Foreseen, type PhaseTimes } from "../../cli/rehearsal/prediction";
import { readWorld } from "../../stack";
import { groupArgs, registered } from "../support/deployment";

describe("the prediction of a transition", () => {
  const world = async (delays: Readonly<Record<string, number>>) =>
    readWorld(
      await registered(() => {
        for (const [name, deregistrationDelay] of Object.entries(delays))
          new GracefulAutoScalingGroup(
            name,
            groupArgs({
              targetGroup: { port: 8080, deregistrationDelay },
              terminate: { script: "stop", timeout: 60 },
              launch: { script: "ready", timeout: 60 },
            }),
          );
      }),
    );
  const predict = async (changes: Partial<Foreseen> = {}, seconds: number | undefined = 10) => {
    const foreseen = { group: "web-abcdef0", transition: "terminate", instances: 1, ...changes } as const;
    return predictorOf(await world({ web: 30, api: 90 }), "dev", foreseen)(seconds);
  };
  const within = (times: PhaseTimes, phase: keyof PhaseTimes, least: number, most: number) => {
    const { max = Infinity, min = 0 } = times[phase] ?? {};
    assert.ok(min >= least && max <= most, `${phase}: ${min} to ${max}`);
  };

  it("has the times of each phase of a scale-in, with a script that takes as long as it is told", async () => {
    const times = await predict();

    within(times, "toHook", 30, 32);
    within(times, "toScript", 0.1, 5);
    within(times, "script", 8, 12);
    within(times, "toCompletion", 0.1, 3);
    within(times, "whole", 55, 90);
  });

  it("has the times of each phase of a launch", async () => {
    const times = await predict({ transition: "launch", instances: 2 });

    within(times, "toHook", 2, 10);
    within(times, "toScript", 10, 50);
    within(times, "script", 8, 12);
    within(times, "whole", 25, 75);
  });

  it("is made for the group whose name differs in Pulumi's suffix only", async () => {
    within(await predict({ group: "api-abcdef0" }), "toHook", 90, 92);
    const only = predictorOf(await world({ web: 30 }), "dev", {
      group: "named",
      transition: "terminate",
      instances: 1,
    });

    within(await only(10), "toHook", 30, 32);
  });

  it("refuses a stack without such a group", async () => {
    await assert.rejects(predict({ group: "shop-0123456" }), {
      message:
        /^--stack is dev, whose program registers api-\w+, web-\w+, none of which is like shop-0123456\. Name the stack /,
    });
  });
});
