import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  type AnnounceArgs,
  type GracefulAutoScalingGroupArgs,
} from "../../components";
import { announceMark, decodeInstructions, documentPrefix, scriptIn } from "../../contract";
import type { Registration } from "../../evaluate/registration";
import { existingArgs, groupArgs, only, registered } from "../support/deployment";

const announce = { script: "stop-pulling", timeout: 30 };
const terminateWith = (given: AnnounceArgs | undefined) => ({
  script: "stop",
  timeout: 120,
  ...(given === undefined ? {} : { announce: given }),
});
const group = (given: AnnounceArgs | undefined, changes: Partial<GracefulAutoScalingGroupArgs> = {}) =>
  registered(
    () => new GracefulAutoScalingGroup("web", groupArgs({ terminate: terminateWith(given), ...changes })),
  );
const documentOf = (all: readonly Registration[], name: string) =>
  only(all, "aws:ssm/document:Document", name).inputs;
const hookOf = (all: readonly Registration[], name: string) =>
  only(all, "aws:autoscaling/lifecycleHook:LifecycleHook", name).inputs;
const announceIn = (hook: Registration["inputs"]) =>
  decodeInstructions(String(hook["notificationMetadata"]))?.announce;
const textIn = (document: Registration["inputs"]) =>
  (JSON.parse(String(document["content"])) as { mainSteps: { inputs: { runCommand: string[] } }[] }).mainSteps
    .map(({ inputs }) => scriptIn(inputs.runCommand.join("\n")))
    .find((text) => text !== undefined);

describe("terminate.announce of a component", () => {
  it("makes a document of its own, which the handler's permissions cover, and reaches the terminate hook alone", async () => {
    const launch = { script: "true", timeout: 300 };
    const all = await group(announce, { launch });
    const document = documentOf(all, "web-announce");
    const handler = only(all, "aws:lambda/function:Function").state["name"];

    assert.ok(String(document["name"]).startsWith(`${documentPrefix(String(handler))}web-announce-`));
    assert.equal(textIn(document), "stop-pulling");
    assert.deepEqual(announceIn(hookOf(all, "web-terminate")), { document: document["name"], execution: 30 });
    assert.equal(announceIn(hookOf(all, "web-launch")), undefined);
  });

  it("tells sweeps by the tag of the group that there is something to announce", async () => {
    const all = await group(announce);
    const tags = only(all, "aws:autoscaling/group:Group").inputs["tags"] as { key: string; value: string }[];
    const { value = "" } = tags.find(({ key }) => key === "graceful-asg:hooks") ?? {};

    assert.match(value, new RegExp(`^terminate=[0-9a-f]{8} ${announceMark}$`));
    const legacy = await registered(
      () => new GracefulLifecycle("legacy", existingArgs({ terminate: terminateWith(announce) })),
    );
    const tag = only(legacy, "aws:autoscaling/tag:Tag", "legacy-hooks").inputs["tag"] as { value: string };
    assert.ok(tag.value.endsWith(` ${announceMark}`));
    assert.equal(announceIn(hookOf(legacy, "legacy-terminate-sns"))?.execution, 30);
  });

  it("changes neither a stop document nor a resource besides, and nothing where it is not given", async () => {
    const [without, withIt] = [await group(undefined), await group(announce)];
    const names = (all: readonly Registration[]) => all.map(({ name, type }) => `${type} ${name}`).sort();
    const metadata = String(hookOf(without, "web-terminate")["notificationMetadata"]);

    assert.deepEqual(
      names(withIt).filter((one) => !names(without).includes(one)),
      ["aws:ssm/document:Document web-announce"],
    );
    assert.equal(
      documentOf(withIt, "web-terminate")["content"],
      documentOf(without, "web-terminate")["content"],
    );
    assert.ok(!metadata.includes("announce"));
    const tags = JSON.stringify(only(without, "aws:autoscaling/group:Group").inputs["tags"]);
    assert.ok(!tags.includes(announceMark));
  });

  it("takes a script that is known later", async () => {
    const all = await group({ script: pulumi.output("pause"), timeout: 30 });

    assert.equal(textIn(documentOf(all, "web-announce")), "pause");
    await assert.rejects(
      group({ script: pulumi.output(" "), timeout: 30 }),
      /terminate\.announce\.script is " "; it must be a script that is not empty/,
    );
  });

  it("takes PowerShell for a group of Windows instances", async () => {
    const powershell = { powershell: "Suspend-Worker", timeout: 30 };
    const all = await group(undefined, {
      terminate: { powershell: "Stop-Service web", timeout: 120, announce: powershell },
    });

    assert.equal(textIn(documentOf(all, "web-announce")), "Suspend-Worker");
  });

  it("is refused like any script: exactly one, not empty, not too large", async () => {
    const cases: [AnnounceArgs, RegExp][] = [
      [
        { timeout: 30 },
        /terminate\.announce\.script, terminate\.announce\.powershell is not given; it must be exactly one\. Give script for Linux or powershell for Windows\./,
      ],
      [
        { script: "a", powershell: "b", timeout: 30 },
        /terminate\.announce\.script, terminate\.announce\.powershell is "both given"/,
      ],
      [
        { script: "", timeout: 30 },
        /terminate\.announce\.script is ""; it must be a script that is not empty/,
      ],
      [
        { script: "x".repeat(70_000), timeout: 30 },
        /terminate\.announce\.script is "70000 bytes"; it must be at most \d+ bytes/,
      ],
      [{ script: "a", timeout: 4 }, /terminate\.announce\.timeout is 4; it must be .* from 5 to 3600/],
    ];
    for (const [given, line] of cases) await assert.rejects(group(given), line);
  });

  it("is refused where the stop script starts at once, and taken where instances wait for their turn", async () => {
    const line =
      /\n {2}terminate\.announce is given; it must be left out where the stop script starts at once/;
    const none = { targetGroup: undefined };
    await assert.rejects(group(announce, none), line);
    await assert.rejects(group(announce, { targetGroup: { port: 80, deregistrationDelay: 0 } }), line);
    await assert.rejects(
      registered(
        () =>
          new GracefulLifecycle(
            "legacy",
            existingArgs({ terminate: terminateWith(announce), deregistrationDelay: 0 }),
          ),
      ),
      line,
    );
    const inTurn = await group(announce, { ...none, drain: { maxConcurrent: 1 } });
    assert.ok(documentOf(inTurn, "web-announce"));
    // A Network Load Balancer goes on to open connections for two minutes, whatever the delay is.
    const network = { targetGroup: { port: 80, protocol: "TCP", deregistrationDelay: 0 } } as const;
    assert.ok(documentOf(await group(announce, network), "web-announce"));
  });
});
