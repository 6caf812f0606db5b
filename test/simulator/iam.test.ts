import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, GracefulLifecycle } from "../../components";
import { MalformedPolicy } from "../../simulator";
import { readWorld } from "../../stack";
import { isAllowed, readPolicy, type Request, type Statement } from "../../simulator/iam";
import { existingArgs, groupArgs, registered } from "../support/deployment";

const instance = "arn:aws:ec2:us-east-1:123456789012:instance/i-0abc";
const request: Request = {
  action: "ssm:SendCommand",
  resource: instance,
  context: { "ssm:resourceTag/Name": "legacy" },
};
const statement: Statement = { Effect: "Allow", Action: "ssm:SendCommand", Resource: instance };
const on = (Condition: Statement["Condition"]) => isAllowed([{ ...statement, Condition }], request);

describe("IAM in the simulator", () => {
  it("takes an empty condition for no condition, as AWS does: the statement is open to every instance", () => {
    assert.ok(on({}));
    assert.ok(on({ StringEquals: {} }));
  });

  it("requires every key of a condition, and one of the values of a key", () => {
    assert.ok(on({ StringEquals: { "ssm:resourceTag/Name": ["other", "legacy"] } }));
    assert.ok(!on({ StringEquals: { "ssm:resourceTag/Name": [] } }));
    assert.ok(!on({ StringEquals: { "ssm:resourceTag/Name": "legacy", "ssm:resourceTag/team": "web" } }));
    assert.ok(on({ StringEquals: { "SSM:ResourceTag/name": "legacy" } }));
  });

  it("reads a star as a star where it compares letters, and as any text where it compares patterns", () => {
    assert.ok(!on({ StringEquals: { "ssm:resourceTag/Name": "leg*" } }));
    assert.ok(on({ StringLike: { "ssm:resourceTag/Name": "leg*" } }));
    assert.ok(!on({ StringLike: { "ssm:resourceTag/Name": "leg${*}" } }));
  });

  it("fills variables in, and lets nothing match without their value", () => {
    assert.ok(on({ StringEquals: { "ssm:resourceTag/Name": "${ssm:resourceTag/Name}" } }));
    assert.ok(!on({ StringEquals: { "ssm:resourceTag/Name": "${aws:username}" } }));
    assert.ok(on({ StringEquals: { "ssm:resourceTag/Name": "${aws:username, 'legacy'}" } }));
  });

  it("negates operators, and knows what a missing key means to each operator", () => {
    assert.ok(!on({ StringNotEquals: { "ssm:resourceTag/Name": "legacy" } }));
    assert.ok(on({ StringNotEquals: { "ssm:resourceTag/team": "web" } }));
    assert.ok(!on({ StringEquals: { "ssm:resourceTag/team": "web" } }));
    assert.ok(on({ StringEqualsIfExists: { "ssm:resourceTag/team": "web" } }));
    assert.ok(on({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } }));
    assert.ok(!on({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["team"] } }));
    assert.ok(on({ Null: { "ssm:resourceTag/team": true } }));
    assert.ok(!on({ Null: { "ssm:resourceTag/Name": "true" } }));
  });

  it("lets no wildcard of an ARN reach over a colon", () => {
    const allows = (Resource: string) => isAllowed([{ ...statement, Resource }], request);

    assert.ok(allows("arn:aws:ec2:*:123456789012:instance/*"));
    assert.ok(!allows("arn:aws:ec2:*:instance/*"));
    assert.ok(!allows("arn:aws:ssm:us-east-1:123456789012:*"));
    assert.ok(allows("arn:aws:ec2"));
    assert.ok(allows("*"));
  });

  it("excludes actions and resources that NotAction and NotResource name, and denies a request that any statement denies", () => {
    const { Resource: _, ...rest } = statement;

    assert.ok(!isAllowed([{ Effect: "Allow", NotAction: "ssm:*", Resource: "*" }], request));
    assert.ok(isAllowed([{ Effect: "Allow", NotAction: "sns:*", Resource: "*" }], request));
    assert.ok(!isAllowed([{ ...rest, NotResource: instance }], request));
    assert.ok(!isAllowed([statement, { ...statement, Effect: "Deny" }], request));
    assert.ok(!isAllowed([], request));
  });

  const refused: Readonly<Record<string, readonly [object, RegExp]>> = {
    "without a resource": [{ Resource: undefined }, /not exactly one of Resource and NotResource/],
    "without an action": [{ Action: undefined }, /not exactly one of Action and NotAction/],
    "with a resource that is no ARN": [{ Resource: "web" }, /Resource is "web"/],
    "with a resource that is missing from a list": [{ Resource: [instance, null] }, /Resource is null/],
    "with an action of no service": [{ Action: "SendCommand" }, /Action is "SendCommand"/],
    "with another effect": [{ Effect: "allow" }, /Effect is "allow"/],
    "with an element that it does not have": [{ Conditions: {} }, /no element Conditions/],
    "with an operator that it does not have": [
      { Condition: { StringEqual: { "ssm:resourceTag/Name": "legacy" } } },
      /no condition operator StringEqual/,
    ],
    "with a condition on null": [
      { Condition: { StringEquals: { "ssm:resourceTag/Name": null } } },
      /is compared with null/,
    ],
    "with a key of no service": [
      { Condition: { StringEquals: { Name: "legacy" } } },
      /Name is no condition key/,
    ],
    "with a principal in the policy of a role": [{ Principal: "*" }, /has a Principal/],
  };
  for (const [name, [changes, fault]] of Object.entries(refused)) {
    it(`refuses a policy ${name}, as AWS would`, () => {
      assert.throws(
        () => readPolicy("role web", "identity", { Statement: { ...statement, ...changes } }),
        (error) => error instanceof MalformedPolicy && fault.test(error.message),
      );
    });
  }

  it("takes several values or one value, and operators that it does not compare, as AWS does", () => {
    const Condition = {
      IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] },
      Bool: { "aws:SecureTransport": true },
    };

    assert.equal(readPolicy("role web", "identity", { Statement: [{ ...statement, Condition }] }).length, 1);
    assert.throws(() => readPolicy("queue web", "resource", { Statement: [statement] }), /has no Principal/);
    assert.throws(() => readPolicy("role web", "identity", {}), /there is no Statement/);
  });

  it("reads the policies of a program as it reads the program", async () => {
    const made = await registered(() => new GracefulAutoScalingGroup("web", groupArgs()));
    const spoilt = made.map((one) =>
      one.type === "aws:iam/rolePolicy:RolePolicy" ? { ...one, state: { ...one.state, policy: "{}" } } : one,
    );

    assert.throws(() => readWorld(spoilt), MalformedPolicy);
  });
});

describe("the handler's rights in the simulator", () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
  const group = (name: string) => arn("autoscaling", `autoScalingGroup:0:autoScalingGroupName/${name}`);
  const stranger = { "ssm:resourceTag/Name": "stranger", "ssm:resourceTag/graceful-asg:handler": "another" };

  it("end at its own groups, instances and documents, and at the groups and instances that it was granted", async () => {
    const all = await registered(() => {
      new GracefulAutoScalingGroup("web", groupArgs());
      new GracefulLifecycle("legacy", existingArgs());
    });
    const { functions, roles } = readWorld(all);
    for (const { name, role } of functions) {
      const may = (action: string, resource: string, context: Request["context"] = {}) =>
        isAllowed(roles.get(role) ?? [], { action, resource, context });

      assert.ok(may("ssm:SendCommand", instance, { "ssm:resourceTag/graceful-asg:handler": name }));
      assert.equal(
        may("ssm:SendCommand", instance, { "ssm:resourceTag/Name": "legacy-web" }),
        name.startsWith("legacy"),
      );
      assert.equal(
        may("autoscaling:CompleteLifecycleAction", group("legacy-web")),
        name.startsWith("legacy"),
      );
      assert.ok(!may("ssm:SendCommand", instance));
      assert.ok(!may("ssm:SendCommand", instance, stranger));
      assert.ok(!may("ssm:SendCommand", arn("ssm", "document/another-document")));
      assert.ok(!may("autoscaling:CompleteLifecycleAction", group("another")));
      assert.ok(!may("sqs:SendMessage", arn("sqs", "another")));
    }
    assert.equal(functions.length, 2);
  });
});
