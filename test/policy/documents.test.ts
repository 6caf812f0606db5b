import assert from "node:assert/strict";
import { findings, hookProps, launchHookProps, resource, type Given } from "../support/policy";

const json = JSON.stringify;
const arn = "arn:aws:lambda:us-east-1:123456789012:function:stop";
const web = (props = {}) => resource("Group", "web", { name: "web", ...props });
const hook = (props = {}) =>
  resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: "web", ...props }));

describe("the document at a hook", () => {
  const found = (given: readonly Given[]) => findings("drain-fits-lifecycle-hook", given);
  const document = (name: string, timeoutSeconds: unknown = 900, parameters = {}) =>
    resource("Document", name, {
      name,
      content: json({
        parameters,
        mainSteps: [{ action: "aws:runShellScript", inputs: { timeoutSeconds } }],
      }),
    });
  const naming = (metadata: object) => hook({ notificationMetadata: json(metadata) });

  it("is the document that the hook's metadata name, and no document whose name is a part of that name", async () => {
    const given = [web(), document("stop"), document("stop-fast", 100)];

    assert.deepEqual(await found([...given, naming({ run: "stop-fast" })]), []);
    assert.equal(
      (await found([...given, naming({ run: "arn:aws:ssm:us-east-1:123456789012:document/stop" })])).length,
      1,
    );
  });

  it("is not the document of another hook of the group", async () => {
    const fast = hookProps({ notificationMetadata: json({ run: "fast" }) });
    const boot = launchHookProps({ heartbeatTimeout: 1200, notificationMetadata: json({ run: "boot" }) });
    const given = (hooks: object[]) => [
      web({ initialLifecycleHooks: hooks }),
      document("fast", 100),
      document("boot"),
    ];

    assert.deepEqual(await found(given([fast, boot])), []);
  });

  it("is not certain where the hook's function also hears of launches", async () => {
    const handler = resource("Function", "both", {
      arn,
      name: "stop",
      environment: { variables: { RUN: "boot" } },
    });
    const boot = resource(
      "LifecycleHook",
      "boot",
      launchHookProps({ autoscalingGroupName: "web", notificationTargetArn: arn }),
    );
    const given = [web(), document("boot"), handler, hook({ notificationTargetArn: arn })];

    assert.equal((await found(given)).length, 1);
    assert.deepEqual(await found([...given, boot]), []);
  });

  it("has the default of a timeout that is a parameter, unless the metadata give the timeout", async () => {
    const parameters = (seconds: unknown) => ({ timeout: { type: "String", default: seconds } });
    const stop = (seconds: unknown) => [web(), document("stop", "{{ timeout }}", parameters(seconds))];

    assert.equal((await found([...stop("900"), naming({ run: "stop" })])).length, 1);
    assert.deepEqual(await found([...stop("200"), naming({ run: "stop" })]), []);
    assert.deepEqual(await found([...stop("900"), naming({ run: "stop", Timeout: 100 })]), []);
    assert.deepEqual(await found([...stop(undefined), naming({ run: "stop" })]), []);
  });
});
