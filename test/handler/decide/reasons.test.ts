import assert from "node:assert/strict";
import { because, decide, type ReasonCode } from "../../../handler/decide";
import type { FoundAction } from "../../../handler/situation";
import { instructionsFor } from "../../support/payloads";
import {
  activity,
  at,
  command,
  known,
  launchFailure,
  onFailure,
  refusal,
  situation,
  stopped,
} from "./situations";

describe("the reason of a decision", () => {
  const reasons: readonly (readonly [ReasonCode, Partial<FoundAction>])[] = [
    ["commandOfEarlierAction", { repeats: true, commands: [command("failed")] }],
    [
      "retainedBefore",
      {
        instructions: onFailure("retain"),
        refusal,
        activity: activity(at(-1), "", true),
      },
    ],
    ["holdUnknown", { commands: [command("failed")], hold: undefined }],
    ["holdUnread", { ...known, commands: [command("failed")], hold: { kind: "unread" } }],
    ["waitOfHoldUnknown", { commands: [command("failed")], hold: { kind: "until", until: at(900) } }],
    ["held", { ...known, commands: [command("failed")], hold: { kind: "until", until: at(900) } }],
    ["succeeded", { commands: [command("succeeded")] }],
    [
      "failed",
      {
        commands: [command("failed")],
        instructions: onFailure("abandon"),
      },
    ],
    [
      "overran",
      {
        ...known,
        commands: [command("running"), command("cancelled", at(200))],
        now: at(1000),
      },
    ],
    ["endUnknown", { commands: [command("ended")] }],
    ["unhealthyUnknown", { isHealthy: false }],
    ["unhealthySinceUnknown", { isHealthy: false, machine: "silent" }],
    ["machineGone", { isHealthy: false, machine: "gone" }],
    ["running", { commands: [command("running")] }],
    ["pending", { commands: [command("pending")] }],
    ["waitUnknown", {}],
    ["refusedUnknown", { since: at(0), refusal }],
    [
      "neverServed",
      {
        refusal,
        activity: activity(at(-1), launchFailure),
      },
    ],
    [
      "stoppedInWarmPool",
      {
        refusal,
        isPoolOnly: true,
        since: at(0),
      },
    ],
    [
      "unreachable",
      {
        ...known,
        commands: [command("pending")],
        now: at(1000),
      },
    ],
    ["runOfActionUnknown", { commands: [command("expired")], now: at(200) }],
    [
      "commandBeforeWait",
      {
        commands: [command("notMeant")],
        now: at(1000),
      },
    ],
    ["cancelled", { ...known, commands: [command("cancelled")], now: at(1000) }],
    [
      "agentFails",
      {
        ...known,
        commands: [command("troubled")],
        now: at(1000),
      },
    ],
    [
      "notMeant",
      {
        ...known,
        commands: [command("notMeant")],
        now: at(1000),
      },
    ],
    ["refused", { refusal, activity: activity(at(0)) }],
    ["refused", { refusal, activity: activity(at(0)), now: at(1000) }],
    ["lastMayBeUnlisted", { commands: [command("cancelled")], now: at(180) }],
    ["endedJustNow", { commands: [command("undelivered", at(59))] }],
    ["waitOfBusyUnknown", { hasProbe: true, commands: [command("cancelled")] }],
    [
      "busy",
      {
        hasProbe: true,
        isBusy: true,
        since: at(0),
        instructions: instructionsFor("terminate", { maxWait: 600 }),
      },
    ],
    ["cancelledBefore", { commands: [command("cancelled")] }],
    ["agentFailedBefore", { commands: [command("troubled")] }],
    ["notMeantBefore", { commands: [command("notMeant")] }],
    ["notDelivered", { commands: [command("undelivered")] }],
    [
      "notReportedInTime",
      {
        ...known,
        commands: [command("running")],
        now: at(200),
      },
    ],
    [
      "busyUnknown",
      {
        hasProbe: true,
        since: at(0),
        instructions: instructionsFor("terminate", { maxWait: 600 }),
      },
    ],
    ["notStarted", { since: at(0) }],
    [
      "retentionUnknown",
      {
        commands: [command("failed")],
        instructions: onFailure("retain"),
      },
    ],
    [
      "failed",
      {
        commands: [command("failed")],
        instructions: onFailure("retain"),
        activity: activity(at(-1), launchFailure),
      },
    ],
    [
      "failed",
      {
        commands: [command("failed")],
        instructions: onFailure("retain"),
        activity: activity(at(-1), "", true),
      },
    ],
  ];

  it("is given for each way in which a command ends without a result", () => {
    const others: readonly [ReasonCode, Partial<FoundAction>][] = [
      ["notDelivered", { commands: [command("pending")], now: at(61) }],
      ["notReported", { ...known, commands: [command("expired")], now: at(200) }],
      ["unreachable", { ...known, commands: [command("undelivered")], now: at(1000) }],
      [
        "unreachable",
        { ...known, commands: [command("expired"), command("expired", at(510))], now: at(2000) },
      ],
      ["machineGone", { refusal, since: at(0), activity: activity(at(-1), stopped) }],
    ];

    for (const [code, changes] of others) assert.equal(decide(situation(changes)).reason.code, code);
  });

  it("names the failure policy, and why the policy does not retain an instance", () => {
    const { text } = because("failed");
    const failed = { commands: [command("failed")] };
    const retain = { ...failed, instructions: onFailure("retain") };
    const texts: readonly [string, Partial<FoundAction>][] = [
      [": abandon", { ...failed, instructions: onFailure("abandon") }],
      [": retain", { ...retain, activity: activity(at(-1)) }],
      [", but the instance never served: continue", { ...retain, activity: activity(at(-1), launchFailure) }],
      [
        ", but the instance was retained before: continue",
        { ...retain, activity: activity(at(-1), "", true) },
      ],
    ];

    for (const [end, changes] of texts) assert.equal(decide(situation(changes)).reason.text, `${text}${end}`);
  });

  it("comes with the fact that has to be read", () => {
    const retain = onFailure("retain");
    const busy = instructionsFor("terminate", { maxWait: 600 });
    const facts: readonly [string, Partial<FoundAction>][] = [
      ["activity", {}],
      ["activity", { since: at(0), refusal }],
      ["activity", { repeats: true, commands: [command("failed")] }],
      ["activity", { commands: [command("failed")], instructions: retain }],
      ["activity", { isHealthy: false, machine: "silent" }],
      ["activity", { commands: [command("notMeant")], now: at(1000) }],
      ["activity", { commands: [command("expired")], now: at(200) }],
      ["activity", { hasProbe: true, commands: [command("cancelled")] }],
      ["machine", { isHealthy: false }],
      ["hold", { commands: [command("failed")], hold: undefined }],
      ["busy", { hasProbe: true, since: at(0), instructions: busy }],
      ["end", { commands: [command("ended")] }],
    ];

    for (const [fact, changes] of facts) {
      const decision = decide(situation(changes));
      assert.equal(decision.kind === "inspect" && decision.fact, fact);
    }
  });

  it("has a code for each way to come to a decision", () => {
    for (const [code, changes] of reasons) {
      const { reason } = decide(situation(changes));
      assert.equal(reason.code, code);
      assert.match(reason.text, /\w \w/);
    }
  });
});
