import assert from "node:assert/strict";
import { holdTag, replaceTag } from "../../../contract";
import { at, world } from "./fakeClient";

const pages = [undefined, "1", "2"];

describe("the EC2 client", () => {
  it("reads the instances that EC2 is going to retire or to stop, to the last page", async () => {
    const status = (InstanceId: string, Code: string, seconds: number) => ({
      InstanceId,
      Events: [{ Code, NotBefore: at(seconds) }],
    });
    const { ec2, requests } = world(
      { InstanceStatuses: [status("i-1", "instance-retirement", 1)], NextToken: "1" },
      { NextToken: "2" },
      { InstanceStatuses: [status("i-2", "instance-stop", 2)] },
    );

    assert.deepEqual(
      [...(await ec2.retirements())],
      [
        ["i-1", 1_000],
        ["i-2", 2_000],
      ],
    );
    assert.deepEqual(
      requests,
      pages.map((NextToken) => ({
        kind: "read",
        name: "DescribeInstanceStatusCommand",
        input: {
          Filters: [{ Name: "event.code", Values: ["instance-retirement", "instance-stop"] }],
          MaxResults: 1000,
          NextToken,
        },
      })),
    );
  });

  it("takes the earliest of several dates, and a date that is left out for one that has come", async () => {
    const { ec2 } = world({
      InstanceStatuses: [
        {
          InstanceId: "i-1",
          Events: [
            { Code: "instance-stop", NotBefore: at(2) },
            { Code: "instance-retirement", NotBefore: at(1), Description: "The instance [Completed] later" },
            { Code: "instance-stop", NotBefore: at(3) },
          ],
        },
        { InstanceId: "i-2", Events: [{ Code: "instance-stop" }] },
      ],
    });

    assert.deepEqual(
      [...(await ec2.retirements())],
      [
        ["i-1", 1_000],
        ["i-2", 0],
      ],
    );
  });

  it("leaves out events that are over or end no instance, and statuses that name no instance or event", async () => {
    const { ec2 } = world({
      InstanceStatuses: [
        { InstanceId: "i-1", Events: [{ Code: "instance-stop", Description: "[Completed] Stopped" }] },
        { InstanceId: "i-2", Events: [{ Code: "instance-stop", Description: "[Canceled] Not needed" }] },
        { InstanceId: "i-3", Events: [{ Code: "system-reboot" }, {}] },
        { InstanceId: "i-4", Events: [] },
        { InstanceId: "i-5" },
        { Events: [{ Code: "instance-stop", NotBefore: at(1) }] },
      ],
    });

    assert.deepEqual([...(await ec2.retirements())], []);
  });

  for (const [what, key] of [
    ["marks", replaceTag],
    ["holds", holdTag],
  ] as const)
    it(`reads the ${what} of instances to the last page, and leaves out tags without an instance or a value`, async () => {
      const { ec2, requests } = world(
        { Tags: [{ ResourceId: "i-1", Value: "a" }, { ResourceId: "i-2" }, { Value: "b" }], NextToken: "1" },
        { NextToken: "2" },
        { Tags: [{ ResourceId: "i-3", Value: "" }] },
      );

      assert.deepEqual(
        [...(await ec2[what]())],
        [
          ["i-1", "a"],
          ["i-3", ""],
        ],
      );
      assert.deepEqual(
        requests,
        pages.map((NextToken) => ({
          kind: "read",
          name: "DescribeTagsCommand",
          input: {
            Filters: [
              { Name: "key", Values: [key] },
              { Name: "resource-type", Values: ["instance"] },
            ],
            MaxResults: 1000,
            NextToken,
          },
        })),
      );
    });

  it("marks one instance", async () => {
    const { ec2, requests } = world({});
    await ec2.mark("i-1", "a");

    assert.deepEqual(requests, [
      {
        kind: "replace",
        name: "CreateTagsCommand",
        input: { Resources: ["i-1"], Tags: [{ Key: replaceTag, Value: "a" }] },
      },
    ]);
  });
});
