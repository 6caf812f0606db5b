import assert from "node:assert/strict";
import type { Registration } from "../../../evaluate/registration";
import { isAllowed, readPolicy } from "../../../simulator/iam";
import { only } from "../../support/deployment";
import { arnOf, make, statements, types } from "./make";

describe("the topic of a LifecycleHandler", () => {
  let all: readonly Registration[];
  before(async () => (all = await make()));

  it("lets nobody publish but the role of the hooks, and forbids nothing else", () => {
    const role = String(arnOf(all, types.role, "lifecycle-hooks"));
    const policy = only(all, types.topicPolicy);
    const given = { Action: "sns:Publish", Resource: arnOf(all, types.topic) };

    assert.equal(policy.inputs["arn"], arnOf(all, types.topic));
    assert.deepEqual(statements(policy), [
      { Effect: "Allow", Principal: { AWS: role }, ...given },
      {
        Effect: "Deny",
        Principal: { AWS: "*" },
        ...given,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": role } },
      },
    ]);
  });

  it("denies publishing to principals whose identity policies allow it, also to a role of the same name in another account", () => {
    const topic = String(arnOf(all, types.topic));
    const role = String(arnOf(all, types.role, "lifecycle-hooks"));
    const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    const policy = readPolicy(
      "topic",
      "resource",
      JSON.parse(String(only(all, types.topicPolicy).inputs["policy"])),
    );
    const may = (action: string, principal?: string) =>
      isAllowed([...everything, ...policy], {
        action,
        resource: topic,
        context: principal === undefined ? {} : { "aws:PrincipalArn": principal },
      });

    assert.ok(may("sns:Publish", role));
    for (const stranger of [
      "arn:aws:iam::123456789012:root",
      "arn:aws:iam::123456789012:user/somebody",
      "arn:aws:iam::123456789012:role/administrator",
      role.replace("123456789012", "210987654321"),
      `${role}-2`,
      undefined,
    ])
      assert.ok(!may("sns:Publish", stranger), stranger);
    for (const action of [
      "sns:SetTopicAttributes",
      "sns:Subscribe",
      "sns:DeleteTopic",
      "sns:GetTopicAttributes",
    ])
      assert.ok(may(action, "arn:aws:iam::123456789012:role/administrator"), action);
  });

  it("names the role of the hooks with its path, where a path is given", async () => {
    const inPath = await make({ rolePath: "/graceful/" });

    assert.ok(
      JSON.stringify(statements(only(inPath, types.topicPolicy))).includes(
        String(arnOf(inPath, types.role, "lifecycle-hooks")),
      ),
    );
  });
});
