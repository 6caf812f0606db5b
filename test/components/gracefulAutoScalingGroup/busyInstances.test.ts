import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../../components";
import { ofType, type Registration } from "../../../evaluate/registration";
import { groupArgs, handlerElsewhere, only, registered } from "../../support/deployment";
import { statements } from "../lifecycleHandler/make";
import { groupOf, make, types } from "./make";

const busy = { prefer: "idle", busyCheck: "pgrep worker" } as const;
const policyArn = "arn:aws:lambda:us-east-1:123456789012:function:shared-policy-1234567";

/** The tag of a group with this key. */
function tagOf(all: readonly Registration[], key: string): string | undefined {
  const tags = groupOf(all).inputs["tags"] as readonly { key: string; value: string }[];
  return tags.find((one) => one.key === key)?.value;
}

function nameOf({ name, type }: Registration): string {
  return `${type} ${name}`;
}

/** The function that is the termination policy of the group. */
function policyOf(all: readonly Registration[]): Registration {
  return only(all, types.function, "web-handler-policy");
}

describe("a GracefulAutoScalingGroup that prefers idle instances", () => {
  let all: readonly Registration[];
  before(async () => (all = await make(busy)));

  it("has a function of its handler as its only termination policy, without a version", () => {
    assert.deepEqual(groupOf(all).inputs["terminationPolicies"], [policyOf(all).state["arn"]]);
  });

  it("lets Auto Scaling's role invoke the function, and nobody else", () => {
    const permissions = ofType(all, "aws:lambda/permission:Permission").filter(
      ({ inputs }) => inputs["function"] === policyOf(all).state["name"],
    );

    assert.deepEqual(
      permissions.map(({ inputs }) => inputs),
      [
        {
          action: "lambda:InvokeFunction",
          function: policyOf(all).state["name"],
          principal:
            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        },
      ],
    );
  });

  it("gives the function the time that Auto Scaling waits, the role and the log of the handler, and the handler's name", () => {
    const handler = only(all, types.function, "web-handler");
    const { inputs } = policyOf(all);

    assert.equal(inputs["timeout"], 2);
    assert.equal(inputs["role"], handler.inputs["role"]);
    assert.deepEqual(inputs["loggingConfig"], handler.inputs["loggingConfig"]);
    assert.deepEqual(inputs["environment"], {
      variables: { GRACEFUL_ASG_HANDLER: handler.state["name"] },
    });
    assert.deepEqual(ofType(all, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").length, 1);
  });

  it("tells the handler how to ask, in a tag that its instances do not get", () => {
    const document = only(all, types.document, "web-busy");
    const handler = String(only(all, types.function, "web-handler").state["name"]);

    assert.equal(tagOf(all, "graceful-asg:busy"), `document=${String(document.state["name"])}`);
    assert.ok(String(document.state["name"]).startsWith(`${handler}.web-busy-`));
  });

  it("names its check so that no rule of the handler takes the end of a check for an event", () => {
    const document = String(only(all, types.document, "web-busy").state["name"]);
    const patterns = ofType(all, types.rule).flatMap(({ inputs }) => inputs["eventPattern"] ?? []);
    const prefixes = patterns.map(String).flatMap((one) => [...one.matchAll(/"prefix":"([^"]+)"/g)]);

    assert.ok(prefixes.length > 0);
    for (const [, prefix = ""] of prefixes) assert.ok(!document.startsWith(prefix), prefix);
  });

  it("lets the handler run the check, and protect nothing", () => {
    const document = String(only(all, types.document, "web-busy").state["name"]);

    assert.deepEqual(statements(only(all, types.policy, "web-busy")), [
      {
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: `arn:aws:ssm:us-east-1:123456789012:document/${document}`,
      },
    ]);
  });

  it("exists after all of that", async () => {
    const made = await registered(() => new GracefulAutoScalingGroup("web", groupArgs(busy)));
    const before = made.findIndex(({ type }) => type === types.group);
    for (const name of ["web-busy", "web-handler-policy"])
      for (const one of made.filter((found) => found.name === name))
        assert.ok(made.indexOf(one) < before, name);
  });

  it("has no such things by default, so that the plan of an existing stack stays as it is", async () => {
    const usual = await make();

    assert.equal(groupOf(usual).inputs["terminationPolicies"], undefined);
    assert.equal(tagOf(usual, "graceful-asg:busy"), undefined);
    assert.equal(ofType(usual, types.function).length, 1);
    assert.deepEqual(
      usual.map(({ name }) => name).filter((name) => /policy$|busy/.test(name)),
      [],
    );
    const any = await make({ prefer: "any" });
    assert.deepEqual(any.map(nameOf).sort(), usual.map(nameOf).sort());
  });

  it("makes no check and no grant where a callback is asked", async () => {
    const byCallback = await make({
      prefer: "idle",
      isBusy: () => Promise.resolve(false),
      terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
    });

    assert.equal(tagOf(byCallback, "graceful-asg:busy"), undefined);
    assert.deepEqual(
      byCallback.filter(({ name }) => name === "web-busy"),
      [],
    );
    assert.equal(groupOf(byCallback).inputs["terminationPolicies"] !== undefined, true);
  });

  it("has an alarm about a policy that fails", () => {
    const alarm = only(all, types.alarm, "web-handler-policy-errors");

    assert.deepEqual(alarm.inputs["dimensions"], { FunctionName: policyOf(all).state["name"] });
  });

  it("takes the policy of a handler of another stack by its ARN", async () => {
    const shared = await make({ ...busy, handler: { ...handlerElsewhere, terminationPolicyArn: policyArn } });

    assert.deepEqual(groupOf(shared).inputs["terminationPolicies"], [policyArn]);
    assert.deepEqual(ofType(shared, types.function), []);
  });

  it("refuses a handler of the same stack that has no policy, and says what to do", async () => {
    await assert.rejects(
      registered(() => {
        const handler = new LifecycleHandler("shared");
        return new GracefulAutoScalingGroup("web", groupArgs({ ...busy, handler }));
      }),
      /handler\.terminationPolicyArn is "".* Give prefer: "idle" to the LifecycleHandler too/s,
    );
  });
});

describe("a GracefulAutoScalingGroup that protects busy instances", () => {
  it("lets the handler protect instances of groups with its tag, and says so in the tag of the group", async () => {
    const all = await make({ busyCheck: "pgrep worker", protectWhileBusy: true });
    const handler = only(all, types.function).state["name"];

    assert.match(tagOf(all, "graceful-asg:busy") ?? "", /^document=\S+ protect$/);
    assert.deepEqual(statements(only(all, types.policy, "web-busy"))[1], {
      Effect: "Allow",
      Action: "autoscaling:SetInstanceProtection",
      Resource: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*",
      Condition: { StringEquals: { "autoscaling:ResourceTag/graceful-asg:handler": handler } },
    });
    assert.equal(groupOf(all).inputs["terminationPolicies"], undefined);
  });
});
