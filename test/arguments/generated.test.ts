import { validators, type Component } from "#arguments";
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
} from "../../components";
import { registered, registeredUrns } from "../support/deployment";
import { mistakesOf } from "./mistakes";

const make: Readonly<Record<Component, (args: never) => unknown>> = {
  GracefulAutoScalingGroup: (args) => new GracefulAutoScalingGroup("web", args),
  GracefulLifecycle: (args) => new GracefulLifecycle("legacy", args),
  LifecycleHandler: (args) => new LifecycleHandler("shared", args),
};

describe("arguments with one mistake, generated from their schema", () => {
  let tried = 0;
  for (const component of Object.keys(validators) as Component[]) {
    for (const { args, begins, title } of mistakesOf(component)) {
      tried += 1;
      it(`${component}: ${title}`, async () => {
        const error: unknown = await registered(() => make[component](args as never)).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );

        assert.ok(error instanceof InvalidArguments && pulumi.RunError.isInstance(error), String(error));
        const [heading = "", ...lines] = error.message.split("\n");
        assert.match(heading, new RegExp(`^${component} "\\w+" cannot be made:$`));
        assert.equal(lines.length, 1, error.message);
        assert.ok(lines[0]?.startsWith(`  ${begins}`), error.message);
        assert.match(lines[0] ?? "", /; it must be [^;]+\. [A-Z].*[.?]$/);
        assert.equal(error.stack, undefined);
        assert.deepEqual(registeredUrns(), []);
      });
    }
  }

  it("are many", () => {
    assert.ok(tried >= 150, `${tried}`);
  });
});
