import assert from "node:assert/strict";
import type { Registration } from "../../../evaluate/registration";
import { groupOf, launch, make } from "./make";

describe("GracefulAutoScalingGroup and its capacity", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("lets the provider take as long as a graceful group may take, and wait for no number of instances", () => {
    assert.equal(groupOf(all).inputs["waitForCapacityTimeout"], "0");
    assert.deepEqual(groupOf(all).customTimeouts, { create: "600s", update: "900s", delete: "2580s" });
  });

  it("lets the provider wait for instances as long as they may take where it is told to", async () => {
    const { customTimeouts, inputs } = groupOf(await make({ launch, waitForCapacity: true }));

    assert.equal(inputs["waitForCapacityTimeout"], "1230s");
    assert.deepEqual(customTimeouts, { create: "1830s", update: "2130s", delete: "2580s" });
  });

  it("leaves the number of instances to scaling policies unless it is given", async () => {
    assert.equal(groupOf(all).inputs["desiredCapacity"], undefined);
    assert.ok(groupOf(all).ignoreChanges.includes("desiredCapacity"));

    const given = groupOf(await make({ desiredCapacity: 2 }));
    assert.equal(given.inputs["desiredCapacity"], 2);
    assert.ok(!given.ignoreChanges.includes("desiredCapacity"));
  });

  it("begins with the number of instances that is given for the beginning, and leaves it to scaling policies then", async () => {
    const { ignoreChanges, inputs } = groupOf(await make({ initialCapacity: 2 }));

    assert.equal(inputs["desiredCapacity"], 2);
    assert.ok(ignoreChanges.includes("desiredCapacity"));
  });

  it("goes on after a failed launch only where it is told to", async () => {
    const told = await make({ ignoreFailedScalingActivities: true });

    assert.equal(groupOf(told).inputs["ignoreFailedScalingActivities"], true);
    assert.ok(!("ignoreFailedScalingActivities" in groupOf(await make()).inputs));
  });
});
