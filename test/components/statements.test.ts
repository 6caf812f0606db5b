import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } from "../../components";
import { ofType, type Registration } from "../../evaluate/registration";
import {
  existingArgs,
  groupArgs,
  handlerElsewhere,
  registered,
  registeredByProgram,
} from "../support/deployment";
import { faultsOf } from "../support/iam/faults";
import { policiesIn, type FoundPolicy, type PolicyStatement } from "../support/iam/policy";

const organisation = {
  permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
  rolePath: "/graceful/",
  kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1",
  tags: { team: "web" },
} as const;

/** All choices of arguments that change the grants of the components. */
const deployments: Readonly<Record<string, () => Promise<readonly Registration[]>>> = {
  "a handler": () => registered(() => new LifecycleHandler("lifecycle")),
  "a handler of an organisation, for Spot instances": () =>
    registered(
      () =>
        new LifecycleHandler("lifecycle", {
          ...organisation,
          spot: true,
          replaceOn: ["retirement", "rebalance"],
          events: { busArn: "arn:aws:events:us-east-1:123456789012:event-bus/deployments" },
          reservedConcurrency: 1,
        }),
    ),
  "a handler in a VPC, with a role from elsewhere": () =>
    registered(
      () =>
        new LifecycleHandler("lifecycle", {
          vpc: { subnetIds: ["subnet-0abc"], securityGroupIds: ["sg-0abc"] },
          role: { name: "busy", arn: "arn:aws:iam::123456789012:role/busy" },
        }),
    ),
  "a group": () => registered(() => new GracefulAutoScalingGroup("web", groupArgs())),
  "a group of an organisation, with a launch script, that retains": () =>
    registered(
      () =>
        new GracefulAutoScalingGroup(
          "web",
          groupArgs({
            ...organisation,
            launch: { script: "ready", timeout: 60 },
            terminate: { script: "stop", timeout: 60, onFailure: "retain", sessions: { maxWait: 60 } },
            isBusy: () => Promise.resolve(false),
            transport: "eventbridge",
          }),
        ),
    ),
  "a group with a handler and a launch template from elsewhere, after another handler": () =>
    registered(
      () =>
        new GracefulAutoScalingGroup(
          "web",
          groupArgs({
            formerHandlers: ["web-handler-1a2b3c4"],
            handler: handlerElsewhere,
            instance: undefined,
            launchTemplate: { id: "lt-0abc" },
          }),
        ),
    ),
  "a group that prefers and protects": () =>
    registered(
      () =>
        new GracefulAutoScalingGroup(
          "web",
          groupArgs({ prefer: "idle", busyCheck: "pgrep worker", protectWhileBusy: true }),
        ),
    ),
  "a lifecycle": () => registered(() => new GracefulLifecycle("legacy", existingArgs(organisation))),
  "a lifecycle with a handler from elsewhere, by EventBridge": () =>
    registered(
      () =>
        new GracefulLifecycle(
          "legacy",
          existingArgs({ handler: handlerElsewhere, transport: "eventbridge" }),
        ),
    ),
  "the program of the dev stack": () => registeredByProgram(),
  "a handler in China": () =>
    registered(
      () => new LifecycleHandler("lifecycle", { spot: true, replaceOn: ["retirement", "rebalance"] }),
      {
        account: { id: "123456789012", region: "cn-north-1", partition: "aws-cn" },
      },
    ),
};

describe("the grants of the components, by AWS's own list of actions, resources and condition keys", () => {
  for (const [name, make] of Object.entries(deployments)) {
    describe(name, () => {
      let all: readonly Registration[];
      let policies: readonly FoundPolicy[];
      before(async () => {
        all = await make();
        policies = policiesIn(all);
      });

      it("has statements that AWS takes, and grants no more than they name", async () => {
        for (const { owner, statements } of policies) {
          for (const statement of statements) assert.deepEqual(await faultsOf(statement), [], owner);
        }
        const types = [
          "aws:iam/rolePolicy:RolePolicy",
          "aws:iam/role:Role",
          "aws:sns/topicPolicy:TopicPolicy",
          "aws:sqs/queuePolicy:QueuePolicy",
        ];
        assert.equal(policies.length, types.flatMap((type) => ofType(all, type)).length);
      });

      it("lets services in on behalf of one resource each, and nobody else", () => {
        const granted = policies.flatMap(({ statements }) => statements.filter(({ Principal }) => Principal));
        const roles = ofType(all, "aws:iam/role:Role").map(({ state }) => state["arn"]);
        for (const { Action, Condition, Effect, Principal, Resource } of granted) {
          // The topic lets in the role of the hooks, which is made here, and denies publishing to everybody else.
          if (Action === "sns:Publish") {
            const role =
              Effect === "Deny"
                ? Condition?.["ArnNotEquals"]?.["aws:PrincipalArn"]
                : (Principal as { readonly AWS: unknown }).AWS;
            assert.ok(roles.includes(role), String(role));
            assert.match(String(Resource), serviceArn("sns.amazonaws.com"));
            continue;
          }
          assert.equal(Effect, "Allow");
          assert.match(JSON.stringify(Principal), /^\{"Service":"[a-z0-9]+\.amazonaws\.com"\}$/);
          // A service assumes a role for any principal that passes the role, so the statement names no source.
          if (Action === "sts:AssumeRole") continue;
          assert.match(
            String(Condition?.["ArnEquals"]?.["aws:SourceArn"]),
            serviceArn(principalOf(Principal)),
          );
        }
        for (const { inputs } of ofType(all, "aws:lambda/permission:Permission")) {
          assert.equal(inputs["action"], "lambda:InvokeFunction");
          // A role is let in for itself; it is no service that acts on behalf of a resource.
          if (String(inputs["principal"]).startsWith("arn:")) {
            assert.match(
              String(inputs["principal"]),
              /^arn:aws[a-z-]*:iam::\d{12}:role\/aws-service-role\/autoscaling\.amazonaws\.com\/AWSServiceRoleForAutoScaling$/,
            );
            assert.equal(inputs["sourceArn"], undefined);
            continue;
          }
          assert.match(String(inputs["sourceArn"]), serviceArn(String(inputs["principal"])));
        }
      });
    });
  }

  const lawful: PolicyStatement = {
    Effect: "Allow",
    Action: "ssm:SendCommand",
    Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
    Condition: { StringEquals: { "ssm:resourceTag/Name": "legacy" } },
  };
  const wrong: Readonly<Record<string, readonly [Partial<PolicyStatement>, RegExp]>> = {
    "another effect": [{ Effect: "Permit" }, /the effect Permit/],
    "a denial of everything": [{ Effect: "Deny", Condition: undefined }, /a denial without a condition/],
    "an action that AWS does not have": [{ Action: "ssm:RunCommand" }, /AWS has no such action/],
    "a service that AWS does not have": [{ Action: "smm:SendCommand" }, /AWS has no such action/],
    "a resource of another service": [
      { Resource: "arn:aws:ssm:us-east-1:123456789012:instance/*" },
      /SendCommand: knows none of/,
    ],
    "everything for an action that knows resources": [{ Resource: "*" }, /\* though it knows resources/],
    "a resource that no action of the statement knows": [
      { Resource: ["arn:aws:ec2:us-east-1:123456789012:instance/*", "arn:aws:sns:us-east-1:123456789012:a"] },
      /sns.*: no action of the statement knows it/,
    ],
    "an action that changes something on everything": [
      { Action: "ssm:DeregisterPatchBaselineForPatchGroup", Resource: "*" },
      /though it knows|changes something/,
    ],
    "no condition": [{ Condition: undefined }, /without a condition on/],
    "an empty condition": [{ Condition: {} }, /an empty condition/],
    "a condition without a key": [{ Condition: { StringEquals: {} } }, /StringEquals without a key/],
    "a condition without a value": [
      { Condition: { StringEquals: { "ssm:resourceTag/Name": [] } } },
      /is compared with \[\]/,
    ],
    "a condition on nothing": [
      { Condition: { StringEquals: { "ssm:resourceTag/Name": "" } } },
      /is compared with ""/,
    ],
    "a variable": [
      { Condition: { StringEquals: { "ssm:resourceTag/Name": "${aws:username}" } } },
      /is compared with/,
    ],
    "a condition key of another service": [
      { Condition: { StringEquals: { "autoscaling:ResourceTag/Name": "legacy" } } },
      /does not know the condition key autoscaling:ResourceTag\/Name/,
    ],
    "an operator for another type": [
      { Condition: { ArnEquals: { "ssm:resourceTag/Name": "legacy" } } },
      /ArnEquals does not compare/,
    ],
  };
  it("a statement as it should be has no fault", async () => {
    assert.deepEqual(await faultsOf(lawful), []);
  });
  for (const [name, [changes, fault]] of Object.entries(wrong)) {
    it(`a statement would be refused with ${name}`, async () => {
      assert.match((await faultsOf({ ...lawful, ...changes })).join("\n"), fault);
    });
  }
});

function principalOf(principal: unknown): string {
  return typeof principal === "object" && principal !== null && "Service" in principal
    ? String(principal.Service)
    : "";
}

/** The ARN of one resource of the service that is let in. */
function serviceArn(principal: string): RegExp {
  return new RegExp(`^arn:aws[a-z-]*:${principal.split(".")[0] ?? ""}:[a-z0-9-]+:\\d{12}:[^*?]+$`);
}
