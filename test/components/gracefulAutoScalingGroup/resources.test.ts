import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../../components";
import { ofType, type Registration } from "../../../evaluate/registration";
import { account, groupArgs, only, registered } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("GracefulAutoScalingGroup and all of its resources", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("makes everything that hooks and instances need before the group, and destroys it after", () => {
    const { dependencies } = groupOf(all);
    const independent = new Set([groupOf(all).urn, ...ofType(all, types.hook).map(({ urn }) => urn)]);
    const handlerUrn = only(all, types.handler).urn;

    const needed = all.filter(
      ({ parent, type, urn }) =>
        !independent.has(urn) &&
        (parent === handlerUrn ||
          [
            types.document,
            types.launchTemplate,
            types.policy,
            types.profile,
            types.attachment,
            types.targetGroup,
          ].some((one) => one === type)),
    );
    assert.ok(needed.length > 30);
    for (const { name, type, urn } of needed) assert.ok(dependencies.includes(urn), `${type} ${name}`);
  });

  it("makes hooks only after the group", () => {
    for (const hook of ofType(all, types.hook)) assert.ok(hook.dependencies.includes(groupOf(all).urn));
  });

  it("never deletes by force", () => {
    assert.equal(groupOf(all).inputs["forceDelete"], undefined);
  });

  it("is the ancestor of all that it makes", () => {
    const component = only(all, types.component);
    const handler = only(all, types.handler);
    for (const { name, parent, type, urn } of all) {
      if (urn !== component.urn) assert.ok([component.urn, handler.urn].includes(parent), `${type} ${name}`);
    }
  });

  it("names no partition but the one it is in", async () => {
    const elsewhere = await make(
      { launch },
      { account: { ...account, partition: "aws-us-gov", region: "us-gov-west-1" } },
    );

    assert.ok(!JSON.stringify(elsewhere.map(({ inputs }) => inputs)).includes("arn:aws:"));
  });
});

describe("GracefulAutoScalingGroup and the resources that it depends on", () => {
  it("waits for what the caller says the group needs", async () => {
    const all = await registered(() => {
      const route = new LifecycleHandler("network");
      new GracefulAutoScalingGroup("web", groupArgs(), { dependsOn: [route] });
    });

    assert.ok(groupOf(all).dependencies.includes(only(all, types.topic, "network-hooks").urn));
    assert.ok(groupOf(all).dependencies.includes(only(all, types.topic, "web-handler-hooks").urn));
  });
});
