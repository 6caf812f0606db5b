import assert from "node:assert/strict";
import { decodeInstructions } from "../../../contract";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { launch, make, types } from "./make";

describe("the role of a GracefulAutoScalingGroup's instances", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("gives instances the permissions that the SSM agent needs and nothing else", () => {
    assert.deepEqual(
      ofType(all, types.attachment).map(({ inputs }) => inputs),
      [
        {
          role: only(all, types.role, "web-instance").state["name"],
          policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        },
      ],
    );
    assert.ok(!ofType(all, types.policy).some(({ name }) => name.startsWith("web-instance")));
  });

  it("gives permissions for the output of scripts in CloudWatch Logs on request only", async () => {
    const withLogs = await make({ scriptLogs: true });
    const { inputs, state } = only(withLogs, types.logGroup, "web-handler-scripts");
    const logGroup = String(state["arn"]);
    const target = (some: readonly Registration[]) =>
      decodeInstructions(String(only(some, types.hook, "web-terminate").inputs["notificationMetadata"]))
        ?.scriptLogGroup;

    assert.equal(target(all), undefined);
    assert.equal(target(withLogs), state["name"]);
    assert.equal(inputs["retentionInDays"], 30);
    assert.deepEqual(JSON.parse(String(only(withLogs, types.policy, "web-instance-logs").inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [logGroup, `${logGroup}:*`],
        },
        {
          Effect: "Allow",
          Action: "logs:DescribeLogGroups",
          Resource: "*",
        },
      ],
    });
  });
});
