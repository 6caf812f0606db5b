import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { InvalidArguments, LifecycleHandler } from "../components";
import { environmentViolations, existingChecks, groupChecks, handlerChecks } from "../components/checks";
import { settingsChecks } from "../program/checks";
import { constraints as timeConstraints } from "../timing";
import { existing, group, terminate, type Case } from "./badInput/case";
import { groupCases } from "./badInput/group";
import { handlerCases } from "./badInput/handler";
import { launchTemplateCases } from "./badInput/launchTemplate";
import { lifecycleCases } from "./badInput/lifecycle";
import { registered, registeredUrns } from "./support/deployment";

/** All checks; `times` stands for the constraints of `timing`. */
const all = {
  ...timeConstraints,
  ...groupChecks,
  ...existingChecks,
  ...handlerChecks,
  ...settingsChecks,
};

/** One wrong use for each check that is exported. */
const cases: Record<Exclude<keyof typeof all, "times">, Case> = {
  ...lifecycleCases,
  ...launchTemplateCases,
  ...groupCases,
  ...handlerCases,
};

describe("bad input", () => {
  for (const [name, { line, wrong }] of Object.entries(cases)) {
    it(`is stopped by ${name} before any resource is registered, in one clear line`, async () => {
      const error: unknown = await wrong().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );

      assert.ok(error instanceof InvalidArguments, String(error));
      assert.ok(pulumi.RunError.isInstance(error), "Pulumi would show a stack trace");
      const [heading, ...lines] = error.message.split("\n");
      assert.match(heading ?? "", / cannot be made:$/);
      assert.equal(lines.length, 1, error.message);
      assert.match(lines[0]?.trim() ?? "", line);
      assert.deepEqual(registeredUrns(), []);
    });
  }

  for (const name of ["aws", "AWS-web", "amazon1", "Amzn-web"]) {
    it(`includes the name ${name}, as SSM keeps it for documents of AWS`, async () => {
      const line =
        /\n {2}name is "\w+(-web)?"; it must be a name that does not begin with aws, amazon or amzn\. Put something before/;

      await assert.rejects(group({}, name)(), line);
      await assert.rejects(existing({}, name)(), line);
      await assert.rejects(
        registered(() => new LifecycleHandler(name)),
        line,
      );
    });
  }

  it("has a case for each check", () => {
    const names = Object.keys(all).filter((name) => name !== "times");

    assert.deepEqual(Object.keys(cases).sort(), names.sort());
  });

  it("is stopped for each number of instances that minSize and maxSize do not allow", async () => {
    for (const capacity of ["desiredCapacity", "initialCapacity"]) {
      await assert.rejects(group({ [capacity]: 3 })(), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(`${capacity} is 3; it must be a whole number from minSize to maxSize, 1 to 2\\.`),
        );
        return true;
      });
    }
  });

  it("is listed as a whole, not one mistake at a time", async () => {
    await assert.rejects(group({ maxSize: 0, targetGroup: { port: 0 } })(), (error: Error) => {
      assert.equal(error.message.split("\n").length, 3);
      return true;
    });
  });

  it("is reported for the component that the user makes, not for a part of the component", async () => {
    const environment = { AWS_REGION: "eu-west-1" };

    await assert.rejects(
      group({ environment })(),
      /^InvalidArguments: GracefulAutoScalingGroup "web" cannot/,
    );
    await assert.rejects(existing({ environment })(), /^InvalidArguments: GracefulLifecycle "legacy" cannot/);
  });

  it("is found in each environment variable that the function cannot have, and in no other variable", () => {
    const wrong = (environment: Record<string, unknown>) =>
      environmentViolations(environment).map(({ argument }) => argument);

    for (const name of [
      "AWS_REGION",
      "LAMBDA_TASK_ROOT",
      "GRACEFUL_ASG_SEAL",
      "_HANDLER",
      "A",
      "1ST",
      "with-hyphen",
    ])
      assert.deepEqual(wrong({ [name]: "x" }), ["a name in environment"], name);
    for (const name of ["TZ", "NODE_OPTIONS", "awsRegion", "STORE_URL2"])
      assert.deepEqual(wrong({ [name]: "x" }), []);
    assert.deepEqual(wrong({ STORE: undefined, PORT: 5432 }), ["environment.STORE", "environment.PORT"]);
    assert.deepEqual(wrong({ STORE: "x".repeat(3595) }), []);
    assert.deepEqual(wrong({ STORE: "é".repeat(1798) }), ["environment"]);
  });

  it("is reported without the values of the environment, as they may be secret", () => {
    const found = environmentViolations({ PASSWORD: 271828, TOKEN: `hunter2${"x".repeat(5000)}` });

    assert.equal(found.length, 2);
    assert.doesNotMatch(JSON.stringify(found), /271828|hunter2/);
  });

  it("is also stopped where a JavaScript program hands over a value that the types forbid", async () => {
    await assert.rejects(terminate({ timeout: untyped("120") })(), /terminate\.timeout is "120"; it must be/);
  });
});

/** A value that a program in JavaScript, or a stack's configuration, can hand over in spite of the types. */
function untyped(value: unknown): never {
  return value as never;
}
