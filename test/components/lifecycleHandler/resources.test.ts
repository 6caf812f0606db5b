import assert from "node:assert/strict";
import { ofType, type Registration } from "../../../evaluate/registration";
import { account, only } from "../../support/deployment";
import { make, statements, types } from "./make";

describe("a LifecycleHandler", () => {
  let all: readonly Registration[];
  before(async () => (all = await make()));

  it("is the parent of all its resources", () => {
    const component = only(all, "graceful-asg:index:LifecycleHandler");
    for (const { name, parent, type, urn } of all)
      if (urn !== component.urn) assert.equal(parent, component.urn, `${type} ${name}`);
  });

  it("hands its arguments to the engine", () => {
    return make({ logRetentionDays: 7 }).then((made) => {
      assert.equal(only(made, "graceful-asg:index:LifecycleHandler").inputs["logRetentionDays"], 7);
    });
  });
});

describe("a LifecycleHandler for an organisation", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";

  it("puts boundary and path on all roles, and tags on all resources that take tags", async () => {
    const all = await make({
      permissionsBoundary: "arn:aws:iam::123456789012:policy/b",
      rolePath: "/graceful/",
      tags: { team: "web" },
    });

    for (const { inputs } of ofType(all, types.role)) {
      assert.equal(inputs["permissionsBoundary"], "arn:aws:iam::123456789012:policy/b");
      assert.equal(inputs["path"], "/graceful/");
    }
    for (const type of [
      types.alarm,
      types.function,
      types.logGroup,
      types.queue,
      types.role,
      types.rule,
      types.topic,
    ]) {
      for (const { inputs, name } of ofType(all, type))
        assert.deepEqual(inputs["tags"], { team: "web" }, name);
    }
  });

  it("encrypts with the given key, and grants the key to the roles that publish", async () => {
    const all = await make({ kmsKeyArn });

    assert.equal(only(all, types.topic).inputs["kmsMasterKeyId"], kmsKeyArn);
    assert.equal(only(all, types.queue).inputs["kmsMasterKeyId"], kmsKeyArn);
    assert.equal(only(all, types.queue).inputs["sqsManagedSseEnabled"], undefined);
    for (const { inputs } of ofType(all, types.logGroup)) assert.equal(inputs["kmsKeyId"], kmsKeyArn);
    for (const [name, generate] of [
      ["lifecycle-hooks", "kms:GenerateDataKey*"],
      ["lifecycle-function", "kms:GenerateDataKey"],
    ] as const) {
      assert.deepEqual(statements(only(all, types.policy, name)).at(-1), {
        Effect: "Allow",
        Action: [generate, "kms:Decrypt"],
        Resource: kmsKeyArn,
      });
    }
  });

  it("sends alarms to the given topic, keeps logs for the given time and limits concurrency", async () => {
    const all = await make({
      alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
      logRetentionDays: 365,
      reservedConcurrency: 5,
    });

    for (const { inputs } of ofType(all, types.alarm))
      assert.deepEqual(inputs["alarmActions"], ["arn:aws:sns:us-east-1:123456789012:alarms"]);
    for (const { inputs } of ofType(all, types.logGroup)) assert.equal(inputs["retentionInDays"], 365);
    assert.equal(only(all, types.function).inputs["reservedConcurrentExecutions"], 5);
  });

  it("names no partition but its own", async () => {
    const all = await make({}, { account: { ...account, partition: "aws-cn", region: "cn-north-1" } });

    assert.ok(
      !JSON.stringify(all.map(({ inputs, name, type }) => ({ inputs, name, type }))).includes("arn:aws:"),
    );
  });
});
