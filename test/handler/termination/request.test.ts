import assert from "node:assert/strict";
import { isIn, readRequest } from "../../../handler/termination/request";

/** What a test changes of a question that has one of everything. */
const read = (changes: object) =>
  readRequest({
    AutoScalingGroupName: "web",
    Cause: "INSTANCE_REFRESH",
    CapacityToTerminate: [{ AvailabilityZone: "a", InstanceMarketOption: "spot", Capacity: 2 }],
    Instances: [{ InstanceId: "i-1", AvailabilityZone: "a", InstanceMarketOption: "spot" }],
    ...changes,
  });

describe("the question of a termination policy", () => {
  it("has the group, the cause, how much goes, and the instances", () => {
    const spot = { zone: "a", market: "spot" };

    assert.deepEqual(read({}), {
      group: "web",
      cause: "INSTANCE_REFRESH",
      shares: [{ ...spot, capacity: 2 }],
      candidates: [{ ...spot, id: "i-1" }],
    });
  });

  it("is answered without a name and a cause, too", () => {
    const request = read({ AutoScalingGroupName: undefined, Cause: 7 });

    assert.deepEqual([request?.group, request?.cause], ["", ""]);
  });

  it("leaves out instances whose id is no text", () => {
    const Instances = [{ InstanceId: 7 }, { InstanceId: "" }, {}, null, "i-2", { InstanceId: "i-1" }];

    assert.deepEqual(
      read({ Instances })?.candidates.map(({ id }) => id),
      ["i-1"],
    );
  });

  it("leaves out shares whose capacity is no number above zero", () => {
    const CapacityToTerminate = ["3", 0, -1, undefined, 4].map((Capacity) => ({ Capacity }));

    assert.deepEqual(
      read({ CapacityToTerminate: [null, ...CapacityToTerminate] })?.shares.map(({ capacity }) => capacity),
      [4],
    );
  });

  it("keeps its shares if one of them fits one of the instances", () => {
    const shares = ["a", "b"].map((AvailabilityZone) => ({ AvailabilityZone, Capacity: 1 }));
    const Instances = ["b", "c"].map((zone) => ({ InstanceId: `i-${zone}`, AvailabilityZone: zone }));
    const request = read({ CapacityToTerminate: shares, Instances });

    assert.deepEqual(
      request?.shares.map(({ zone }) => zone),
      ["a", "b"],
    );
  });
});

describe("an instance", () => {
  const share = { zone: "a", market: "spot", capacity: 1 };

  it("counts for a share of its zone and its market", () => {
    assert.equal(isIn(share, { id: "i-1", zone: "a", market: "spot" }), true);
    assert.equal(isIn(share, { id: "i-1", zone: "b", market: "spot" }), false);
    assert.equal(isIn(share, { id: "i-1", zone: "a", market: "on-demand" }), false);
  });

  it("counts for every share if Auto Scaling does not say where it is and how it was bought", () => {
    assert.equal(isIn(share, { id: "i-1", zone: undefined, market: undefined }), true);
    assert.equal(isIn({ ...share, zone: undefined }, { id: "i-1", zone: "b", market: "spot" }), true);
  });
});
