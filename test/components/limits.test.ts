import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
  type GracefulLifecycleArgs,
} from "../../components";
import { parameterPatterns } from "../../contract";
import { existingArgs, groupArgs, handlerElsewhere, only, registered } from "../support/deployment";
import { policiesIn } from "../support/iam/policy";

/** A value of any type, as a program in JavaScript or an output may hold it. */
const untyped = (value: unknown) => value as never;

/** Makes the component whose grant a value limits. */
type Make = (value: never) => unknown;

const lifecycle = (changes: Partial<GracefulLifecycleArgs>) =>
  new GracefulLifecycle("legacy", existingArgs({ handler: handlerElsewhere, ...changes }));

const role = { name: "busy", arn: "arn:aws:iam::123456789012:role/busy" };

/** Every value that limits a grant, and a component that is made with it. */
const limiting: Readonly<Record<string, Make>> = {
  groupName: (groupName) => lifecycle({ groupName }),
  "instanceTag.value": (value) => lifecycle({ instanceTag: { key: "Name", value } }),
  "handler.name": (name) => lifecycle({ handler: { ...handlerElsewhere, name } }),
  "handler.topicArn": (topicArn) => lifecycle({ handler: { ...handlerElsewhere, topicArn } }),
  "handler.notificationRoleArn": (notificationRoleArn) =>
    lifecycle({ handler: { ...handlerElsewhere, notificationRoleArn } }),
  "handler.functionRoleName": (functionRoleName) =>
    lifecycle({ handler: { ...handlerElsewhere, functionRoleName } }),
  "handler.scriptLogGroupArn": (scriptLogGroupArn) =>
    new GracefulAutoScalingGroup("web", groupArgs({ handler: { ...handlerElsewhere, scriptLogGroupArn } })),
  permissionsBoundary: (permissionsBoundary) => new LifecycleHandler("shared", { permissionsBoundary }),
  rolePath: (rolePath) => new LifecycleHandler("shared", { rolePath }),
  kmsKeyArn: (kmsKeyArn) => new LifecycleHandler("shared", { kmsKeyArn }),
  "role.name": (name) => new LifecycleHandler("shared", { role: { arn: role.arn, name } }),
  "role.arn": (arn) => new LifecycleHandler("shared", { role: { name: role.name, arn } }),
};

/** Values that would open the grant that they should limit. */
const opening: readonly unknown[] = [
  null,
  "",
  " \t",
  "*",
  "web-?",
  "${aws:username}",
  5,
  ["web"],
  { web: "web" },
];

const sentenceOf = (argument: string) => new RegExp(`^ {2}${argument} is .*; it must be .*\\. \\w`, "m");

async function refused(make: () => unknown): Promise<InvalidArguments> {
  const error: unknown = await registered(make).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidArguments, String(error));
  return error;
}

async function refusedAtOnce(make: () => unknown): Promise<string> {
  const { message } = await refused(make);
  return message;
}

async function refusedLater(make: () => unknown): Promise<string> {
  const error = await refused(make);
  assert.ok(
    pulumi.RunError.isInstance(error) && error.stack === undefined,
    "Pulumi would show a stack trace",
  );
  return error.message;
}

describe("a value that limits a grant", function () {
  // Each case makes several stacks.
  this.timeout(60_000);

  for (const [argument, make] of Object.entries(limiting)) {
    it(`${argument} is refused in the preview if it would open the grant`, async () => {
      for (const value of opening) {
        const message = await refusedAtOnce(() => make(untyped(value)));
        assert.match(message, sentenceOf(argument));
      }
    });

    it(`${argument} as an output fails the update with the same sentence if it would open the grant`, async () => {
      const later = await refusedLater(() => make(untyped(pulumi.output("*"))));
      const atOnce = await refusedAtOnce(() => make(untyped("*")));
      const sentences = atOnce.split("\n").slice(1);
      assert.deepEqual(
        sentences.map((sentence) => later.includes(sentence)),
        [true],
        later,
      );
      for (const nothing of [null, undefined])
        assert.match(await refusedLater(() => make(untyped(pulumi.output(nothing)))), sentenceOf(argument));
    });
  }

  for (const argument of Object.keys(limiting).filter((one) => one.includes(".") || one === "groupName")) {
    it(`${argument} has to be given`, async () => {
      const message = await refusedAtOnce(() => limiting[argument]?.(untyped(undefined)));
      assert.match(message, sentenceOf(argument));
    });
  }

  it("the name of a group is refused if the documents do not take it as a parameter", async () => {
    for (const groupName of ["web {{ x }}", "web}", "web\tjobs"]) {
      assert.doesNotMatch(groupName, new RegExp(parameterPatterns.group));
      assert.match(await refusedAtOnce(() => lifecycle({ groupName })), sentenceOf("groupName"));
    }
  });

  it("an ARN without one of its parts is refused, as the patterns of other ARNs are made of the parts", async () => {
    const whole = handlerElsewhere.topicArn.split(":");
    for (const part of whole.keys()) {
      const topicArn = whole.map((text, index) => (index === part ? "" : text)).join(":");
      const message = await refusedAtOnce(() => lifecycle({ handler: { ...handlerElsewhere, topicArn } }));
      assert.match(message, sentenceOf("handler.topicArn"));
    }
  });

  it("the key of the instances' tag has to be known at once, as it is a part of a condition key", async () => {
    for (const key of [...opening, undefined, "aws:autoscaling:groupName", pulumi.output("Name")]) {
      const message = await refusedAtOnce(() =>
        lifecycle({ instanceTag: { key: untyped(key), value: "web" } }),
      );
      assert.match(message, sentenceOf("instanceTag.key"));
    }
  });

  it("the instances' tag and the handler are refused if they are not objects", async () => {
    for (const value of [undefined, null, "Name"]) {
      assert.match(
        await refusedAtOnce(() => lifecycle({ instanceTag: untyped(value) })),
        sentenceOf("instanceTag"),
      );
    }
    assert.match(await refusedAtOnce(() => lifecycle({ handler: untyped("shared") })), sentenceOf("handler"));
    const later = await refusedLater(() => lifecycle({ handler: pulumi.output(untyped(undefined)) }));
    assert.match(later, sentenceOf("handler.\\w+"));
  });

  it("a tag that would say that another handler serves the instances is refused, as an output too", async () => {
    for (const key of ["graceful-asg:hooks", "graceful-asg:instance-role", "graceful-asg:handler:0123abcd"]) {
      assert.match(
        await refusedAtOnce(() => new GracefulAutoScalingGroup("web", groupArgs({ tags: { [key]: "" } }))),
        sentenceOf(`tags.${key}`),
      );
    }
    const tags = { "graceful-asg:handler": "another" };
    const sentence = sentenceOf("tags.graceful-asg:handler");

    assert.match(
      await refusedAtOnce(() => new GracefulAutoScalingGroup("web", groupArgs({ tags }))),
      sentence,
    );
    assert.match(
      await refusedLater(() => new GracefulAutoScalingGroup("web", groupArgs({ tags: pulumi.output(tags) }))),
      sentence,
    );
    const empty = { team: pulumi.output(untyped(undefined)) };
    assert.match(
      await refusedAtOnce(() => lifecycle({ tags: { team: untyped(5) } })),
      sentenceOf("tags.team"),
    );
    assert.match(await refusedLater(() => lifecycle({ tags: empty })), /tags/);
  });

  it("a secret is not shown", async () => {
    const message = await refusedLater(() => lifecycle({ groupName: pulumi.secret("hush*") }));

    assert.match(message, /groupName is "\[secret\]"/);
    assert.doesNotMatch(message, /hush/);
  });

  it("a value that is not known yet passes the preview", async () => {
    const all = await registered(
      () => {
        const group = new aws.autoscaling.Group("legacy", { minSize: 0, maxSize: 1 });
        lifecycle({ groupName: group.name, handler: new LifecycleHandler("shared") });
      },
      { preview: true },
    );

    assert.equal(only(all, "aws:iam/rolePolicy:RolePolicy", "legacy-group").name, "legacy-group");
  });

  it("is in the grant exactly as it was given, or is refused", async () => {
    const nasty = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc
        .array(
          fc.constantFrom("*", "?", "$", "{", "}", "${", "aws:", ":", "/", " ", "\n", '"', "\\", "a", "ü"),
          {
            maxLength: 8,
          },
        )
        .map((parts) => parts.join("")),
      fc.anything(),
    );
    const kinds = { given: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (groupName, key, value) => {
        const make = () => lifecycle({ groupName: untyped(groupName), instanceTag: untyped({ key, value }) });
        const all = await registered(make).catch((error: unknown) => {
          assert.ok(error instanceof InvalidArguments, String(error));
        });
        kinds[all === undefined ? "refused" : "given"] += 1;
        if (all === undefined) return;
        const [policy] = policiesIn(all);
        const [actions, command] = policy?.statements ?? [];
        assert.equal(
          actions?.Resource,
          `arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/${String(groupName)}`,
        );
        assert.deepEqual(command?.Condition, { StringEquals: { [`ssm:resourceTag/${String(key)}`]: value } });
        for (const one of [groupName, key, value]) assert.doesNotMatch(String(one), /[*?]|\$\{|^\s*$/);
      }),
      { numRuns: 300 },
    );
    assert.ok(kinds.given > 5 && kinds.refused > 5, JSON.stringify(kinds));
  });

  it("a reference to a handler holds exactly the given values, or is refused", async () => {
    const parts = fc.array(fc.constantFrom("*", "?", "${", "}", ":", "/", " ", "", "a", "arn:aws:sns"), {
      maxLength: 4,
    });
    const mutations = fc.record({
      key: fc.constantFrom(
        "name",
        "topicArn",
        "notificationRoleArn",
        "functionRoleName",
        "scriptLogGroupArn" as const,
      ),
      at: fc.nat(60),
      length: fc.nat(12),
      text: parts.map((some) => some.join("")),
    });
    await fc.assert(
      fc.asyncProperty(mutations, async ({ at, key, length, text }) => {
        const before: string = handlerElsewhere[key];
        const value = before.slice(0, at) + text + before.slice(at + length);
        const handler = { ...handlerElsewhere, [key]: value };
        const all = await registered(() => lifecycle({ handler })).catch((error: unknown) => {
          assert.ok(error instanceof InvalidArguments, String(error));
        });
        if (all === undefined) return;
        const policy = only(all, "aws:iam/rolePolicy:RolePolicy").inputs;
        const [, partition = "", , region = "", account = ""] = handler.topicArn.split(":");
        assert.ok(partition !== "" && region !== "" && account !== "", handler.topicArn);
        assert.equal(policy["role"], handler.functionRoleName);
        assert.match(
          String(policy["policy"]),
          new RegExp(`arn:${partition}:ec2:${region}:${account}:instance/\\*"`),
        );
        assert.doesNotMatch(Object.values(handler).join(" "), /[*?]|\$\{/);
      }),
      { numRuns: 200 },
    );
  });
});
