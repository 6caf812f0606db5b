import { definitions } from "#arguments";
import assert from "node:assert/strict";
import type { AnalyzeResult, PropertyDefinition } from "@pulumi/pulumi/provider/experimental/analyzer";
import { analyze } from "../../scripts/analyze";
import { changedArguments, nowhere, type ChangedArguments } from "../engine/programs/changedArguments";
import { root } from "../support/deployment";

describe("the public types", function () {
  this.timeout(60_000);

  let schema: AnalyzeResult;
  before(() => {
    schema = analyze(root);
  });

  it("are understood by Pulumi's schema analyzer, so that other languages can use the components", () => {
    assert.deepEqual(Object.keys(schema.components).sort(), [
      "GracefulAutoScalingGroup",
      "GracefulLifecycle",
      "LifecycleHandler",
    ]);
  });

  it("offer these arguments to other languages", () => {
    const { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } = schema.components;

    assert.deepEqual(Object.keys(GracefulAutoScalingGroup?.inputs ?? {}).sort(), [
      "alarmActionArns",
      "alarmTopicArn",
      "busyCheck",
      "capacityRebalance",
      "desiredCapacity",
      "drain",
      "enabledMetrics",
      "environment",
      "events",
      "formerHandlers",
      "handler",
      "healthCheckGracePeriod",
      "healthCheckType",
      "ignoreFailedScalingActivities",
      "initialCapacity",
      "instance",
      "instanceMaintenance",
      "instanceRefresh",
      "kmsKeyArn",
      "launch",
      "launchTemplate",
      "logRetentionDays",
      "maxSize",
      "minSize",
      "mixedInstances",
      "permissionsBoundary",
      "prefer",
      "protectWhileBusy",
      "replaceOn",
      "role",
      "rolePath",
      "scriptLogs",
      "spot",
      "subnetIds",
      "tags",
      "targetGroup",
      "targetGroups",
      "terminate",
      "transport",
      "vpc",
      "vpcId",
      "waitForCapacity",
      "warmPool",
    ]);
    assert.deepEqual(Object.keys(GracefulLifecycle?.inputs ?? {}).sort(), [
      "alarmActionArns",
      "alarmTopicArn",
      "deregistrationDelay",
      "drain",
      "environment",
      "events",
      "groupName",
      "handler",
      "instanceTag",
      "kmsKeyArn",
      "launch",
      "logRetentionDays",
      "permissionsBoundary",
      "replaceOn",
      "role",
      "rolePath",
      "scriptLogs",
      "spot",
      "tags",
      "terminate",
      "transport",
      "vpc",
    ]);
    assert.deepEqual(Object.keys(LifecycleHandler?.inputs ?? {}).sort(), [
      "alarmActionArns",
      "alarmTopicArn",
      "environment",
      "events",
      "kmsKeyArn",
      "logRetentionDays",
      "permissionsBoundary",
      "prefer",
      "replaceOn",
      "reservedConcurrency",
      "role",
      "rolePath",
      "spot",
      "tags",
      "vpc",
    ]);
  });

  it("are all known to the check of arguments, and the inline callbacks with them", () => {
    const callbacks = {
      GracefulAutoScalingGroup: ["isBusy", "listeners"],
      GracefulLifecycle: ["isBusy"],
      LifecycleHandler: ["isBusy"],
    };
    for (const [component, names] of Object.entries(callbacks)) {
      assert.deepEqual(
        Object.keys(definitions[component]?.properties ?? {}).sort(),
        [...Object.keys(schema.components[component]?.inputs ?? {}), ...names].sort(),
      );
    }
  });

  it("leave inline callbacks to TypeScript", () => {
    for (const { inputs } of Object.values(schema.components)) {
      assert.ok(!("isBusy" in inputs));
      assert.ok(!("listeners" in inputs));
    }
  });

  it("have only plain values as outputs", () => {
    for (const { outputs } of Object.values(schema.components)) {
      for (const [name, output] of Object.entries(outputs)) {
        assert.ok("type" in output && output.type === "string", name);
        assert.ok(output.description, `${name} has no description`);
      }
    }
  });

  it("require only arguments that have no sensible default", () => {
    const required = Object.entries(schema.components["GracefulAutoScalingGroup"]?.inputs ?? {})
      .filter(([, { optional }]) => !optional)
      .map(([name]) => name);

    assert.deepEqual(required.sort(), ["maxSize", "minSize", "subnetIds", "terminate"]);
  });

  it("describe every argument of ours, and say its default", () => {
    const ours = Object.values(schema.typeDefinitions).filter(({ name }) => /Args$|Ref$/.test(name));
    const inputs = [
      ...Object.values(schema.components).map(({ inputs }) => inputs),
      ...ours.map(({ properties = {} }) => properties),
    ];

    assert.ok(ours.length >= 7);
    for (const [name, { description, optional }] of inputs.flatMap((one) => Object.entries(one))) {
      assert.ok(description, `${name} has no description`);
      assert.ok(!description.includes("[object Object]"), name);
      if (optional && name !== "instance" && name !== "launchTemplate")
        assert.match(description, /Defaults\s+to/, name);
    }
  });

  it("have every argument changed once on a live stack by the engine's tests", () => {
    const tried = changedArguments(nowhere);
    const own = (all: readonly ChangedArguments<unknown>[]) => all.flatMap(({ arguments: names }) => names);
    const components = {
      // Arguments that several components have are tried once: the same code makes the same resources of them.
      // Another handler is among the operations, as the change needs the name of the former handler.
      GracefulAutoScalingGroup: [...own(tried.group), ...own(tried.handler), "handler"],
      GracefulLifecycle: [...own(tried.group), ...own(tried.lifecycle), ...own(tried.handler)],
      LifecycleHandler: own(tried.handler),
    };
    for (const [component, names] of Object.entries(components)) {
      const known = new Set(names.map((name) => name.replace(/ \(.*/, "")));
      const missing = argumentsOf(schema.components[component]?.inputs ?? {}).filter(
        (name) => !known.has(name),
      );
      assert.deepEqual(missing, [], `${component}: add them to test/engine/programs/changedArguments.ts`);
    }
  });

  /** Paths of all arguments; for an argument with parts of ours, the paths of the parts. */
  function argumentsOf(inputs: Readonly<Record<string, PropertyDefinition>>, parent = ""): string[] {
    return Object.entries(inputs).flatMap(([name, definition]) => {
      const type = "$ref" in definition ? definition.$ref.split(":").pop() : undefined;
      const parts = schema.typeDefinitions[type ?? ""]?.properties;
      if (parts === undefined || !/(Args|[^r]Ref)$/.test(type ?? "")) return [parent + name];
      return argumentsOf(parts, `${parent}${name}.`);
    });
  }

  it("have enumerations for closed sets of values", () => {
    assert.deepEqual(schema.typeDefinitions["OnFailure"]?.enum?.map(({ value }) => value).sort(), [
      "abandon",
      "continue",
      "retain",
    ]);
  });
});
