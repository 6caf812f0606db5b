import assert from "node:assert/strict";
import { busyTag } from "../../../contract";
import { error, world } from "./fakeClient";

describe("one group of the Auto Scaling client", () => {
  it("is read by its name", async () => {
    const Tags = [
      { Key: "Name", Value: "web" },
      { Key: busyTag, Value: "protect" },
    ];
    const { autoScaling, requests } = world({ AutoScalingGroups: [{ AutoScalingGroupName: "web", Tags }] });
    const found = await autoScaling.group("web");

    assert.deepEqual([found?.name, found?.busy], ["web", "protect"]);
    assert.deepEqual(requests, [
      {
        kind: "read",
        name: "DescribeAutoScalingGroupsCommand",
        input: { AutoScalingGroupNames: ["web"] },
      },
    ]);
  });

  it("is undefined where there is no such group", async () => {
    for (const answer of [{ AutoScalingGroups: [] }, {}])
      assert.equal(await world(answer).autoScaling.group("web"), undefined);
  });
});

describe("scale-in protection of the Auto Scaling client", () => {
  it("is set and removed for instances of a group", async () => {
    const { autoScaling, requests } = world({});
    await autoScaling.protect("web", ["i-1", "i-2"], true);
    await autoScaling.protect("web", ["i-3"], false);

    assert.deepEqual(
      requests,
      [
        { AutoScalingGroupName: "web", InstanceIds: ["i-1", "i-2"], ProtectedFromScaleIn: true },
        { AutoScalingGroupName: "web", InstanceIds: ["i-3"], ProtectedFromScaleIn: false },
      ].map((input) => ({ kind: "protect", name: "SetInstanceProtectionCommand", input })),
    );
  });

  it("fails where Auto Scaling refuses it", async () => {
    const { autoScaling } = world(error("ValidationError", 400));

    await assert.rejects(autoScaling.protect("web", ["i-1"], true), { name: "ValidationError" });
  });
});
