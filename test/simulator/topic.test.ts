import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { GracefulAutoScalingGroup } from "../../components";
import { type World } from "../../simulator";
import { readWorld } from "../../stack";
import type { Statement } from "../../simulator/iam";
import { TestBed } from "../support/testBed";
import { groupArgs, registered } from "../support/deployment";

const account = "123456789012";
const stranger = `arn:aws:iam::${account}:role/stranger`;

describe("a topic in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  /** Whether the hooks' role, a stranger and an operator may publish to a topic with this policy. */
  const publishers = async (...policy: readonly Statement[]) => {
    const found = { topic: "", role: "" };
    const withPolicy = (world: World): World => {
      [found.topic = ""] = world.topics;
      found.role = world.groups[0]?.hooks[0]?.roleArn ?? "";
      const replaced = policy.map((one): Statement => {
        const text = JSON.stringify({ Action: "sns:Publish", Resource: found.topic, ...one });
        return JSON.parse(text.replaceAll("ROLE", found.role)) as Statement;
      });
      return { ...world, topicPolicies: new Map([[found.topic, replaced]]) };
    };
    bed = await TestBed.open({ world: withPolicy });
    const { role, topic } = found;
    const allowed = [role, stranger, undefined].map((one) =>
      bed.simulator.topics.accepts({ role: one, topic }),
    );
    await bed.close();
    return allowed;
  };

  it("takes messages that the publisher's own policies allow, where the topic has no policy", async () => {
    assert.deepEqual(await publishers(), [true, false, true]);
  });

  it("takes no message from a publisher that the topic's policy denies, whatever other policies allow the publisher", async () => {
    for (const operator of ["ArnNotEquals", "StringNotEquals"])
      for (const Principal of ["*", { AWS: "*" }, { AWS: `arn:aws:iam::${account}:root` }])
        assert.deepEqual(
          await publishers({
            Effect: "Deny",
            Principal,
            Condition: { [operator]: { "aws:PrincipalArn": "ROLE" } },
          }),
          [true, false, false],
          `${operator} ${JSON.stringify(Principal)}`,
        );
    assert.deepEqual(await publishers({ Effect: "Deny", Principal: { AWS: "ROLE" } }), [false, false, true]);
    assert.deepEqual(await publishers({ Effect: "Deny", NotPrincipal: { AWS: "ROLE" } }), [
      true,
      false,
      false,
    ]);
  });

  it("takes messages that its policy allows, but a publisher of an allowed account needs policies of its own too", async () => {
    assert.deepEqual(await publishers({ Effect: "Allow", Principal: { AWS: stranger } }), [true, true, true]);
    assert.deepEqual(await publishers({ Effect: "Allow", Principal: { AWS: account } }), [true, false, true]);
    assert.deepEqual(await publishers({ Effect: "Allow", Principal: { Service: "s3.amazonaws.com" } }), [
      true,
      false,
      true,
    ]);
  });

  it("has the policy that the program gives it, as a property or as a resource", async () => {
    const policyOf = (topic: string) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: topic }],
    });
    const registrations = await registered(() => {
      new GracefulAutoScalingGroup("web", groupArgs());
      const beside = new aws.sns.Topic("beside");
      const policy = beside.arn.apply((topic) => JSON.stringify(policyOf(topic)));
      new aws.sns.TopicPolicy("beside", { arn: beside.arn, policy });
      new aws.sns.Topic("within", { policy: JSON.stringify(policyOf("*")) });
    });
    const denials = [...readWorld(registrations).topicPolicies].filter(([, statements]) =>
      statements.some(({ Effect, Principal }) => Effect === "Deny" && Principal === "*"),
    );

    assert.deepEqual(
      denials.map(([topic]) => topic.replace(/.*:(beside|within)-.*/, "$1")),
      ["beside", "within"],
    );
  });
});
