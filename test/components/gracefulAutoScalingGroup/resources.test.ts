import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../../components";
import { ofType, type Registration } from "../../../evaluate/registration";
import { account, groupArgs, only, registered } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("the resources of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("are made before the group, and destroyed after it, where hooks or instances need them", () => {
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

  it("include hooks that are made only after the group", () => {
    for (const hook of ofType(all, types.hook)) assert.ok(hook.dependencies.includes(groupOf(all).urn));
  });

  it("include a group that is never deleted by force", () => {
    assert.equal(groupOf(all).inputs["forceDelete"], undefined);
  });

  it("have the component or its handler as their parent", () => {
    const component = only(all, types.component);
    const handler = only(all, types.handler);
    for (const { name, parent, type, urn } of all) {
      if (urn !== component.urn) assert.ok([component.urn, handler.urn].includes(parent), `${type} ${name}`);
    }
  });

  it("name no partition but their own", async () => {
    const elsewhere = await make(
      { launch },
      { account: { ...account, partition: "aws-us-gov", region: "us-gov-west-1" } },
    );

    assert.ok(!JSON.stringify(elsewhere.map(({ inputs }) => inputs)).includes("arn:aws:"));
  });
});

describe("the resources that a GracefulAutoScalingGroup depends on", () => {
  it("are made before the group", async () => {
    const all = await registered(() => {
      const route = new LifecycleHandler("network");
      new GracefulAutoScalingGroup("web", groupArgs(), { dependsOn: [route] });
    });

    assert.ok(groupOf(all).dependencies.includes(only(all, types.topic, "network-hooks").urn));
    assert.ok(groupOf(all).dependencies.includes(only(all, types.topic, "web-handler-hooks").urn));
  });
});
