import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { createTerminationPolicy } from "../../handler/lambda";
import { changed, type Behaviour } from "../../simulator";
import { TestBed, withoutDrain } from "../support/testBed";

/** How long Auto Scaling waits, ms. */
const limit = 2_000;

/** Every call takes 120 ms, and the function has to start first. */
const slow = (usual: Behaviour) =>
  changed(usual, {
    callLatency: () => 120,
    invocation: () => ({ coldStart: 400, crashesAfter: undefined }),
    // Even and odd ids: half of the instances are busy.
    busyCheck: ({ instance }) => ({ exitCode: isOdd(instance) ? 0 : 1, takes: 20 }),
  });

function isOdd(id: string): boolean {
  return parseInt(id.slice(-1), 16) % 2 === 1;
}

describe("the termination policy of a large group", function () {
  this.timeout(300_000);

  /** Scales in 1,000 instances by a number, and gives the first answer. */
  const firstChoice = async (
    args: Parameters<typeof withoutDrain>[0]["args"],
    less: number,
    wait: number,
  ) => {
    const bed = await TestBed.open(withoutDrain({ args: { maxSize: 2_000, ...args }, behaviour: slow }));
    try {
      bed.simulator.autoScaling.populate(bed.group, 1_000);
      await bed.pass(wait);
      bed.simulator.autoScaling.setDesired(bed.group, 1_000 - less);
      await bed.pass(15);
      const [choice] = bed.of("choice");
      assert.ok(choice);
      return { ...choice, took: choice.at - choice.began };
    } finally {
      await bed.close();
    }
  };

  for (const less of [1, 100, 400])
    it(`answers by checks within the limit, of 1,000 instances at 120 ms a call: ${less} go`, async () => {
      const { chosen, problem, took } = await firstChoice(
        { prefer: "idle", busyCheck: "pgrep worker" },
        less,
        200,
      );

      assert.equal(problem, undefined);
      assert.ok(took < limit, `${took} ms`);
      assert.equal(chosen.length, less);
      assert.equal(chosen.filter(isOdd).length, 0);
    });

  for (const less of [1, 100, 400])
    it(`answers by a callback of 120 ms within the limit, of 1,000 instances: ${less} go`, async () => {
      const { chosen, problem, took } = await firstChoice(
        {
          prefer: "idle",
          isBusy: async ({ instanceId }) => {
            await new Promise((resolve) => setTimeout(resolve, 120));
            return parseInt(instanceId.slice(-1), 16) % 2 === 1;
          },
          terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
        },
        less,
        0,
      );

      assert.equal(problem, undefined);
      assert.ok(took < limit, `${took} ms`);
      assert.equal(chosen.length, less);
      assert.equal(chosen.filter(isOdd).length, 0);
    });

  it("answers within the limit though no callback ever answers: the choice is not empty", async () => {
    const { chosen, problem, took } = await firstChoice(
      {
        prefer: "idle",
        isBusy: () => new Promise(() => undefined),
        terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
      },
      10,
      0,
    );

    assert.equal(problem, undefined);
    assert.ok(took < limit, `${took} ms`);
    assert.equal(chosen.length, 10);
  });

  it("needs little of the processor for the 30,000 instances that Auto Scaling may name", async () => {
    process.env["GRACEFUL_ASG_HANDLER"] = "web-handler-1234567";
    // Nothing answers the call for the group.
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    process.env["AWS_REGION"] = "us-east-1";
    process.env["AWS_ACCESS_KEY_ID"] = process.env["AWS_SECRET_ACCESS_KEY"] = "none";
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const event = {
      AutoScalingGroupName: "web",
      Cause: "SCALE_IN",
      CapacityToTerminate: zones.flatMap((AvailabilityZone) =>
        ["on-demand", "spot"].map((InstanceMarketOption) => ({
          AvailabilityZone,
          InstanceMarketOption,
          Capacity: 1_000,
        })),
      ),
      Instances: Array.from({ length: 30_000 }, (_, index) => ({
        AvailabilityZone: zones[index % 3],
        InstanceId: `i-${index.toString(16).padStart(17, "0")}`,
        InstanceMarketOption: index % 2 === 0 ? "on-demand" : "spot",
      })),
      HasMoreInstances: true,
    };
    const policy = createTerminationPolicy({
      isBusy: ({ instanceId }) => Promise.resolve(isOdd(instanceId)),
    });
    const began = performance.now();
    const { InstanceIDs } = await policy(event, { getRemainingTimeInMillis: () => 2_000 });
    const took = performance.now() - began;

    assert.ok(took < limit, `${Math.round(took)} ms`);
    assert.ok(InstanceIDs.length > 0 && InstanceIDs.length <= 6_000);
  });
});
