import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
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
  const reasons: Readonly<Record<string, Partial<FoundAction>>> = {
    "a command may belong to an earlier action": { repeats: true, commands: [command("failed")] },
    "the instance was retained before and is now let go": {
      instructions: onFailure("retain"),
      refusal,
      activity: activity(at(-1), "", true),
    },
    "the script succeeded": { commands: [command("succeeded")] },
    "the script failed or ran too long: abandon": {
      commands: [command("failed")],
      instructions: onFailure("abandon"),
    },
    "the script outran its time and the agent does not report: continue": {
      ...known,
      commands: [command("running"), command("cancelled", at(200))],
      now: at(1000),
    },
    "whether the script or its agent failed decides what is due": { commands: [command("ended")] },
    "whether the unhealthy machine is gone decides what is due": { isHealthy: false },
    "since when the machine is unhealthy decides what is due": { isHealthy: false, machine: "silent" },
    "the machine is gone": { isHealthy: false, machine: "gone" },
    "the script is running": { commands: [command("running")] },
    "the command is on its way to the agent": { commands: [command("pending")] },
    "when the wait began decides what is due": {},
    "SSM refuses the instance; why it goes decides what is due": { since: at(0), refusal },
    "the instance never served; there is nothing to stop": {
      refusal,
      activity: activity(at(-1), launchFailure),
    },
    "the instance is stopped in the warm pool; there is nothing to stop": {
      refusal,
      isFromWarmPool: true,
      since: at(0),
    },
    "the SSM agent could not be reached: continue": {
      ...known,
      commands: [command("pending")],
      now: at(1000),
    },
    "a command of before the wait is no reason to give up": {
      commands: [command("notMeant")],
      now: at(1000),
    },
    "somebody cancels every command: continue": { ...known, commands: [command("cancelled")], now: at(1000) },
    "the SSM agent fails every command: continue": {
      ...known,
      commands: [command("troubled")],
      now: at(1000),
    },
    "the instance does not find itself on its way: continue": {
      ...known,
      commands: [command("notMeant")],
      now: at(1000),
    },
    "SSM refuses the command: no agent": { refusal, activity: activity(at(0)) },
    "SSM refuses the command: no agent: continue": { refusal, activity: activity(at(0)), now: at(1000) },
    "the last command may not be listed yet": { commands: [command("cancelled")], now: at(180) },
    "a command came to nothing a moment ago": { commands: [command("undelivered", at(59))] },
    "when the wait began decides how busy counts": { hasProbe: true, commands: [command("cancelled")] },
    "the instance is busy": {
      hasProbe: true,
      isBusy: true,
      since: at(0),
      instructions: instructionsFor("terminate", { maxWait: 600 }),
    },
    "somebody cancelled the command before": { commands: [command("cancelled")] },
    "the agent failed the command before": { commands: [command("troubled")] },
    "the instance did not find itself on its way": { commands: [command("notMeant")] },
    "the command before did not reach the agent": { commands: [command("undelivered")] },
    "the command before outlasts its budget without a report": {
      commands: [command("running")],
      now: at(200),
    },
    "a busy instance is not stopped": {
      hasProbe: true,
      since: at(0),
      instructions: instructionsFor("terminate", { maxWait: 600 }),
    },
    "the instance waits and no command is on its way": { since: at(0) },
    "whether the instance was retained before decides what is due": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
    },
    "the script failed or ran too long, but the instance never served: continue": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
      activity: activity(at(-1), launchFailure),
    },
    "the script failed or ran too long, but the instance was retained before: continue": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
      activity: activity(at(-1), "", true),
    },
  };

  it("is told for each way in which a command comes to nothing", () => {
    const finally_ = "the SSM agent could not be reached: continue";
    const others: readonly [string, Partial<FoundAction>][] = [
      ["the command before did not reach the agent", { commands: [command("pending")], now: at(61) }],
      [
        "the agent did not report the end of the command before",
        { commands: [command("expired")], now: at(200) },
      ],
      [finally_, { ...known, commands: [command("undelivered")], now: at(1000) }],
      [finally_, { ...known, commands: [command("expired"), command("expired", at(510))], now: at(2000) }],
      ["the machine is gone", { refusal, since: at(0), activity: activity(at(-1), stopped) }],
    ];

    for (const [reason, changes] of others) assert.equal(decide(situation(changes)).reason, reason);
  });

  it("asks for the fact that it takes", () => {
    const retain = onFailure("retain");
    const busy = instructionsFor("terminate", { maxWait: 600 });
    const facts: readonly [string, Partial<FoundAction>][] = [
      ["activity", {}],
      ["activity", { since: at(0), refusal }],
      ["activity", { repeats: true, commands: [command("failed")] }],
      ["activity", { commands: [command("failed")], instructions: retain }],
      ["activity", { isHealthy: false, machine: "silent" }],
      ["activity", { commands: [command("notMeant")], now: at(1000) }],
      ["activity", { hasProbe: true, commands: [command("cancelled")] }],
      ["machine", { isHealthy: false }],
      ["busy", { hasProbe: true, since: at(0), instructions: busy }],
      ["end", { commands: [command("ended")] }],
    ];

    for (const [fact, changes] of facts) {
      const decision = decide(situation(changes));
      assert.equal(decision.kind === "inspect" && decision.fact, fact);
    }
  });

  for (const [reason, changes] of Object.entries(reasons)) {
    it(`is "${reason}"`, () => {
      assert.equal(decide(situation(changes)).reason, reason);
    });
  }
});
