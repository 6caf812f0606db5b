import assert from "node:assert/strict";
import type { Registration } from "../../../evaluate/registration";
import { groupOf, launch, make } from "./make";

describe("the capacity of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("is not waited for, though the provider may take as long as a graceful group may take", () => {
    assert.equal(groupOf(all).inputs["waitForCapacityTimeout"], "0");
    assert.deepEqual(groupOf(all).customTimeouts, { create: "600s", update: "900s", delete: "2580s" });
  });

  it("is waited for as long as the instances may take where waitForCapacity is set", async () => {
    const { customTimeouts, inputs } = groupOf(await make({ launch, waitForCapacity: true }));

    assert.equal(inputs["waitForCapacityTimeout"], "1230s");
    assert.deepEqual(customTimeouts, { create: "1830s", update: "2130s", delete: "2580s" });
  });

  it("is left to scaling policies unless desiredCapacity is given", async () => {
    assert.equal(groupOf(all).inputs["desiredCapacity"], undefined);
    assert.ok(groupOf(all).ignoreChanges.includes("desiredCapacity"));

    const given = groupOf(await make({ desiredCapacity: 2 }));
    assert.equal(given.inputs["desiredCapacity"], 2);
    assert.ok(!given.ignoreChanges.includes("desiredCapacity"));
  });

  it("begins with initialCapacity, and is left to scaling policies after that", async () => {
    const { ignoreChanges, inputs } = groupOf(await make({ initialCapacity: 2 }));

    assert.equal(inputs["desiredCapacity"], 2);
    assert.ok(ignoreChanges.includes("desiredCapacity"));
  });

  it("is waited for in spite of failed launches only where ignoreFailedScalingActivities is set", async () => {
    const told = await make({ ignoreFailedScalingActivities: true });

    assert.equal(groupOf(told).inputs["ignoreFailedScalingActivities"], true);
    assert.ok(!("ignoreFailedScalingActivities" in groupOf(await make()).inputs));
  });
});
