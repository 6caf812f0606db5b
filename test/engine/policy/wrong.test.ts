import assert from "node:assert/strict";
import { withPolicies } from "../support/policies";
import { Stack, findingsIn } from "../support/stack";

/** The rules that find each mistake; `at _function` where the resource's name is the part's name and `_function`. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  "documents-confused": ["drain-fits-lifecycle-hook"],
  "topics-confused": ["lambda-timeout-within-heartbeat at _short"],
  "one-topic-for-two": ["lambda-timeout-within-heartbeat at _function"],
  "filter-that-takes": ["lambda-timeout-within-heartbeat at _function"],
  "rule-that-takes": ["lambda-timeout-within-heartbeat at _function"],
  "rule-by-arn": ["lambda-timeout-within-heartbeat at _function"],
  "mapping-that-takes": ["lambda-timeout-within-heartbeat at _function"],
  "one-slow-target": ["total-drain-time"],
  "traffic-sources": ["total-drain-time"],
  "attached-too-long": ["total-drain-time"],
  "source-attached": ["total-drain-time"],
  "silent-hooks": ["group-delete-timeout-covers-drain", "lifecycle-hook-default-result"],
  "ecs-does-not-drain": ["group-has-terminate-hook"],
  "codedeploy-only": ["group-has-terminate-hook"],
  "beside-node-group": ["group-has-terminate-hook"],
  "hook-alone": ["group-destroy-is-graceful at _drain"],
  "hook-on-stranger": ["lambda-timeout-within-heartbeat at _function"],
  "impatient-delete": ["group-delete-timeout-covers-drain"],
  "impatient-since": ["group-delete-timeout-covers-drain"],
  "ignored-not-replaced": ["lifecycle-hook-heartbeat-timeout"],
  "force-with-hook": ["no-force-delete"],
  "force-with-targets": ["group-has-terminate-hook", "no-force-delete"],
  // From termination, and from a stop.
  "not-protected": ["instances-are-protected-from-termination", "instances-are-protected-from-termination"],
  "slow-alias": ["lambda-timeout-within-heartbeat at _function"],
  "arn-by-hand": ["lambda-timeout-within-heartbeat at _function"],
  "topic-queue-alias": ["lambda-timeout-within-heartbeat at _function"],
  "rule-queue": ["lambda-timeout-within-heartbeat at _function"],
  "rule-topic": ["lambda-timeout-within-heartbeat at _function"],
  "parameter-too-long": ["drain-fits-lifecycle-hook"],
  "slow-systemctl": ["systemd-stop-timeout"],
  "slow-spot": ["spot-drain-fits-interruption-notice"],
  configuration: ["instances-are-protected-from-termination"],
  "simple-scaling": ["simple-scaling-beside-hook at _policy"],
  "simple-by-default": ["simple-scaling-beside-hook at _policy"],
};

/** Parts that the AWS of these tests cannot make. */
const inPreviewOnly = ["source-attached", "codedeploy-only", "beside-node-group", "hook-on-stranger"];

/** Parts whose topics or pattern are not known before the update. */
const afterUpdateOnly = ["topics-confused", "rule-by-arn"];

function without(parts: readonly string[]) {
  return Object.fromEntries(Object.entries(mistakes).filter(([part]) => !parts.includes(part)));
}

/** Findings by the parts of their resources. */
function byPart(output: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [rule, findings] of Object.entries(findingsIn(output))) {
    for (const [resource = ""] of findings) {
      const [, part = "", place = ""] = /: ([^_]*)(_.*)?$/.exec(resource) ?? [];
      (found[part] ??= []).push(place === "" ? rule : `${rule} at ${place}`);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([part, all]) => [part, all.sort()]));
}

describe("the policy pack on plain stacks with a mistake each", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("wrong", { program: "wrongStacks", region: "us-west-2" })));
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  it("finds each mistake in preview, except in topics and patterns that are not known yet", async () => {
    const { code, output } = await withPolicies(stack, "preview", { all: "advisory" });

    assert.equal(code, 0, output);
    assert.deepEqual(byPart(output), without(afterUpdateOnly));
  });

  it("finds each mistake in up", async () => {
    const { code, output } = await withPolicies(stack, "up", { all: "advisory" });

    assert.equal(code, 0, output);
    assert.deepEqual(byPart(output), without(inPreviewOnly));
  });

  it("finds each mistake in the preview of the next change too", async () => {
    const { code, output } = await withPolicies(stack, "preview", { all: "advisory" });

    assert.equal(code, 0, output);
    assert.deepEqual(byPart(output), mistakes);
  });

  it("refuses a configuration that names an unknown policy or an unknown limit, in a sentence", async () => {
    for (const [configuration, problem] of [
      [
        { "total-drain-tme": "mandatory" },
        /names the policy "total-drain-tme", which there is not; did you mean "total-drain-time"\? it must be one of all, lifecycle-/,
      ],
      [
        { "total-drain-time": { maxx: 900 } },
        /names the limit "maxx" of policy "total-drain-time", which there is not; did you mean "max"\? it must be one of enforcementLevel, max\.$/m,
      ],
    ] as const) {
      const { code, output } = await withPolicies(stack, "preview", configuration);

      assert.notEqual(code, 0);
      assert.match(output, problem);
      assert.doesNotMatch(output, /^ +at /m);
    }
  });
});
