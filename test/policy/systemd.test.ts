import assert from "node:assert/strict";
import { documentContent, type Script } from "../../components/documents";
import { transitionSettings } from "../../components/lifecycle/transitions";
import { encodeInstructions } from "../../contract";
import { findings, hookProps, launchHookProps, resource } from "../support/policy";

const found = (
  content: unknown,
  limits = {},
  hook: object = hookProps({ notificationMetadata: '{"run":"stop"}' }),
) =>
  findings(
    "systemd-stop-timeout",
    [
      resource("Group", "web", { name: "web", initialLifecycleHooks: [hook] }),
      resource("LifecycleHook", "drain", { autoscalingGroupName: "web", ...hook }),
      resource("Document", "stop", {
        name: "stop",
        content: typeof content === "string" ? content : JSON.stringify(content),
      }),
    ],
    limits,
  );

/** A document of somebody else. */
const strangers = (lines: readonly string[], timeoutSeconds: string | undefined = "300") => ({
  mainSteps: [{ action: "aws:runShellScript", inputs: { timeoutSeconds, runCommand: lines } }],
});

/** A document of ours. */
const ours = (script: Script, timeout: number, maxWait?: number) =>
  documentContent({
    transition: "terminate",
    script,
    times: { timeout, ...(maxWait === undefined ? {} : { maxWait }) },
  });
const plain: Script = { platform: "Linux", text: "set -e\nsystemctl stop application\n" };

describe("the policy systemd-stop-timeout", () => {
  it("finds a plain stop by systemctl in a document that gives it longer than systemd does, once", async () => {
    const [finding, ...others] = await found(strangers(["systemctl stop application"]));

    assert.match(
      finding ?? "",
      /^Document "stop": the time in which systemd stops a unit is 90 s, unless .*; it must be at least 300 s, /,
    );
    assert.deepEqual(others, []);
  });

  it("finds it wherever it is in a script, with options too, also by the default timeout of a step", async () => {
    for (const lines of [
      ["#!/bin/sh", "set -e; systemctl stop application"],
      ["if true; then", "  sudo systemctl --no-block stop application", "fi"],
      ["systemctl  --quiet --no-ask-password stop a b"],
    ])
      assert.equal((await found(strangers(lines))).length, 1, lines.join());
    const { mainSteps } = strangers(["systemctl stop application"]);
    const [{ action, inputs }] = mainSteps as [(typeof mainSteps)[number]];
    assert.equal(
      (await found({ mainSteps: [{ action, inputs: { runCommand: inputs.runCommand } }] })).length,
      1,
    );
  });

  it("leaves alone a comment, another command, a shorter time, and a script that knows of TimeoutStopSec", async () => {
    for (const lines of [
      ["# systemctl stop application"],
      ["systemctl status stop-worker", "stop application"],
      ["systemctl show -p TimeoutStopUSec application", "systemctl stop application"],
    ])
      assert.deepEqual(await found(strangers(lines)), [], lines.join());
    assert.deepEqual(await found(strangers(["systemctl stop application"], "90")), []);
    assert.deepEqual(await found(strangers(["systemctl stop application"], "unknown")), []);
  });

  it("reads the script in a document of ours, whose time does not include the wait for sessions", async () => {
    const [finding] = await found(ours(plain, 120));

    assert.match(finding ?? "", /it must be at least 120 s/);
    assert.deepEqual(await found(ours(plain, 60, 3600)), []);
  });

  it("knows the stop document though the hook of ours names another document too", async () => {
    const metadata = encodeInstructions({
      handler: "handler",
      transport: "sns",
      document: "handler-stop",
      delivery: 30,
      execution: 300,
      maxWait: 0,
      deregistrationDelay: 60,
      agentTimeout: 180,
      onFailure: "continue",
      announce: { document: "handler-announce", execution: 30 },
    });
    const hook = hookProps({ notificationMetadata: metadata });
    const document = (name: string, content: string) => resource("Document", name, { name, content });
    const found = await findings("systemd-stop-timeout", [
      resource("Group", "web", { name: "web", initialLifecycleHooks: [hook] }),
      document("handler-announce", ours({ platform: "Linux", text: "pause" }, 30)),
      document("handler-stop", ours(plain, 300)),
    ]);

    assert.deepEqual(found.length, 1);
    assert.match(found[0] ?? "", /^Document "handler-stop"/);
  });

  it("finds nothing where systemdUnit stops the unit", async () => {
    const [settings] = transitionSettings({ terminate: { systemdUnit: "application", timeout: 600 } });
    const { script } = settings ?? assert.fail();
    assert.ok(typeof script.text === "string" && script.text.includes("systemctl stop"));

    assert.deepEqual(await found(ours({ ...script, text: script.text }, 600)), []);
  });

  it("takes the time of the units from its limit", async () => {
    const content = strangers(["systemctl stop application"]);

    assert.deepEqual(await found(content, { timeoutStop: 300 }), []);
    assert.equal((await found(content, { timeoutStop: 299 })).length, 1);
  });

  it("leaves alone what runs at a launch", async () => {
    const boot = launchHookProps({ notificationMetadata: '{"run":"stop"}' });

    assert.deepEqual(await found(strangers(["systemctl stop application"]), {}, boot), []);
  });
});
