import assert from "node:assert/strict";
import { answering, type Answer } from "./answering";

describe("the Auto Scaling client", () => {
  let answer: Answer;
  const { autoScaling, calls } = answering((call) => answer(call));

  it("reads groups to the last page", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const one = { AutoScalingGroupName: `g${page}`, Instances: [] };
      return { AutoScalingGroups: [one], ...(page < 2 ? { NextToken: String(page + 1) } : {}) };
    };

    assert.deepEqual(
      (await autoScaling().groups("h")).map(({ name }) => name),
      ["g0", "g1", "g2"],
    );
  });

  it("asks about at most fifty instances with a call", async () => {
    answer = ({ input }) => ({
      AutoScalingInstances: (input["InstanceIds"] as string[]).map((InstanceId) => ({
        InstanceId,
        AutoScalingGroupName: "web",
        LifecycleState: "InService",
      })),
    });
    const ids = Array.from({ length: 120 }, (_, index) => `i-${index}`);

    assert.equal((await autoScaling().describe(ids)).size, 120);
    assert.equal(calls.length, 3);
  });

  it("reads activities until all are found, and to the last page where the history counts", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const description = (verb: string) => `${verb} EC2 instance: i-0000000000000000${page}`;
      const running = { ActivityId: "a", Description: description("Terminating"), StartTime: new Date(page) };
      const cancelled = {
        ...running,
        Description: "Terminating EC2 instance: i-00000000000000000",
        EndTime: new Date(9),
        StatusCode: "Cancelled",
      };
      const launch = { ...cancelled, Description: "Launching a new EC2 instance: i-00000000000000001" };
      return {
        Activities: page < 2 ? [running, launch] : [cancelled],
        ...(page < 2 ? { NextToken: String(page + 1) } : {}),
      };
    };
    const ids = ["i-00000000000000000", "i-00000000000000001"];
    const retained = (found: ReadonlyMap<string, { retainedBefore: boolean }>) =>
      ids.map((id) => found.get(id)?.retainedBefore);

    assert.deepEqual(retained(await autoScaling().activities("web", "terminate", ids, false)), [
      false,
      false,
    ]);
    assert.equal(calls.length, 2);
    assert.deepEqual(retained(await autoScaling().activities("web", "terminate", ids, true)), [true, false]);
    assert.equal(calls.length, 2 + 3);
  });
});
