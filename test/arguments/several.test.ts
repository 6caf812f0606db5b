import { definitions } from "#arguments";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
} from "../../components";
import { shapeViolations } from "../../components/shape";
import { groupArgs, registered } from "../support/deployment";
import { processorTime } from "../support/processorTime";
import { UserProject } from "../support/project";

// A program in JavaScript can hand over values that the types forbid.
const untyped = (value: unknown) => value as never;

async function linesOf(make: () => unknown): Promise<string[]> {
  const error: unknown = await registered(make).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidArguments, String(error));
  return error.message.split("\n").map((line) => line.trim());
}

const group = (changes: Readonly<Record<string, unknown>>, name: unknown = "web") =>
  linesOf(() => new GracefulAutoScalingGroup(untyped(name), untyped({ ...groupArgs(), ...changes })));

describe("arguments that users get wrong", () => {
  it("are all named at once, at every depth", async () => {
    const lines = await group({
      minSize: "2",
      deregistration_delay: 30,
      subnetIds: "subnet-0123456789abcdef0",
      terminate: { systemdUnit: pulumi.output("web"), timout: 120, sessions: { ports: ["22", null] } },
      targetGroup: { port: Promise.resolve(80), healthCheck: { intervall: 5 } },
    });

    assert.deepEqual(
      lines.map((line) => line.split(";")[0]).sort(),
      [
        'GracefulAutoScalingGroup "web" cannot be made:',
        "deregistration_delay is 30",
        'minSize is "2"',
        'subnetIds is "subnet-0123456789abcdef0"',
        "targetGroup.healthCheck.intervall is 5",
        "targetGroup.port is a promise",
        "terminate.systemdUnit is an output",
        'terminate.sessions.ports[0] is "22"',
        "terminate.sessions.ports[1] is null",
        "terminate.sessions.maxWait is not given",
        "terminate.timeout is not given",
        "terminate.timout is 120",
      ].sort(),
    );
  });

  it("are all named as missing where no arguments are given", async () => {
    for (const nothing of [undefined, null, {}]) {
      const lines = await linesOf(() => new GracefulAutoScalingGroup("web", untyped(nothing)));
      const missing = lines.slice(1).map((line) => /^(\w+) is not given; it must be /.exec(line)?.[1]);

      assert.deepEqual(missing, definitions["GracefulAutoScalingGroup"]?.required);
    }
  });

  it("include a name that is no text, and a text in place of the arguments", async () => {
    assert.match(
      (await group({}, 5)).join("\n"),
      /^GracefulAutoScalingGroup cannot be made:\nname is 5; it must be a text\./,
    );
    assert.match(
      (await linesOf(() => new GracefulLifecycle("legacy", untyped("legacy-web")))).join("\n"),
      /\nargs is "legacy-web"; it must be an object with arguments\./,
    );
  });

  for (const [given, meant] of Object.entries({
    vpcID: "vpcId",
    maxsize: "maxSize",
    healthcheckType: "healthCheckType",
    deregistrationDelay: "targetGroup.deregistrationDelay",
    timeout: "terminate.timeout or launch.timeout",
    min_size: "minSize",
  }))
    it(`named ${given} bring the question whether ${meant} was meant`, async () => {
      const [, line = ""] = await group({ [given]: 1 });

      assert.ok(line.endsWith(` Did you mean ${meant}?`), line);
    });

  it("with a name that is near no argument bring the names of all arguments", async () => {
    const [, line = ""] = await linesOf(
      () => new LifecycleHandler("shared", untyped({ role: { name: "a", arn: "b", zebra: 1 } })),
    );

    assert.match(line, /^role\.zebra is 1; .* Its arguments are name and arn\.$/);
  });

  it("do not include null for an optional argument", async () => {
    const none = Object.fromEntries(
      Object.keys(definitions["GracefulAutoScalingGroup"]?.properties ?? {})
        .filter((name) => !["permissionsBoundary", "rolePath", "kmsKeyArn"].includes(name))
        .map((name) => [name, null]),
    );

    const made = await registered(
      () =>
        new GracefulAutoScalingGroup(
          "web",
          untyped({ ...none, ...groupArgs(), targetGroup: { port: 80, slowStart: null } }),
        ),
    );

    assert.ok(made.length > 30, `${made.length}`);
  });

  it("include a resource in place of a text, but not in place of an object of the resource's outputs", async () => {
    const make = (changes: (vpc: aws.ec2.Vpc, role: aws.iam.Role) => object) => () => {
      const vpc = new aws.ec2.Vpc("vpc");
      const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
      return new GracefulAutoScalingGroup("web", groupArgs(changes(vpc, role)));
    };

    await registered(make((_, role) => ({ role })));
    const lines = await linesOf(make((vpc) => ({ vpcId: vpc })));

    assert.match(lines[1] ?? "", /^vpcId is a resource \(Vpc\); it must be a text\. Give one of its outputs/);
  });

  it("include maps, dates and sets in place of objects, and objects that contain themselves", async () => {
    const endless: Record<string, unknown> = {};
    endless["endless"] = endless;

    const lines = await group({
      tags: new Map(),
      vpcId: new Date(),
      instance: endless,
      mixedInstances: { overrides: [new Set()] },
    });

    assert.deepEqual(
      lines
        .slice(1)
        .map((line) => line.split(";")[0])
        .sort(),
      [
        "instance.endless is a part of itself",
        "mixedInstances.overrides[0] is of type Set",
        "tags is of type Map",
        "vpcId is of type Date",
      ],
    );
  });

  it("are not shown where they may be secret", async () => {
    const lines = await group({
      environment: { PASSWORD: ["hunter2"] },
      apiToken: "hunter2",
      settings: { password: "hunter2" },
      vpcId: [{ password: "hunter2" }],
    });

    assert.equal(lines.length, 5);
    assert.doesNotMatch(lines.join("\n"), /hunter2/);
  });

  it("are shown in 80 characters", async () => {
    const [, line = ""] = await group({ subnetIds: "x".repeat(1000) });

    assert.match(line, /^subnetIds is "x{76}\.\.\.; it must/);
  });

  it("are refused in a program in JavaScript", async () => {
    const project = new UserProject();
    try {
      project.write(
        "index.js",
        "module.exports = ({ LifecycleHandler }) => new LifecycleHandler('shared', { spott: true });",
      );
      const program = createRequire(`${project.folder}/`)("./index.js") as (components: object) => unknown;
      const lines = await linesOf(() => program({ LifecycleHandler }));

      assert.match(lines[1] ?? "", /^spott is true; .* Did you mean spot\?$/);
    } finally {
      project.remove();
    }
  });

  it("are checked in a few milliseconds", () => {
    shapeViolations("GracefulAutoScalingGroup", groupArgs());
    const before = processorTime();
    for (let count = 0; count < 100; count += 1) shapeViolations("GracefulAutoScalingGroup", groupArgs());

    assert.ok((processorTime() - before) / 100 < 5);
  });
});
