import assert from "node:assert/strict";
import { OnFailure } from "../../components";
import { changed, operatorKey, type Behaviour } from "../../simulator";
import { drillAt, linesOf, openGroup, verdictsIn, withFault } from "../support/account/drilling";
import type { TestBed, Setting } from "../support/testBed";
import type { DrillOptions } from "../../cli/account";

/** A drill where something is wrong, and what it says. */
interface Case {
  readonly setting: Setting;
  readonly options?: Partial<DrillOptions>;
  readonly code: 0 | 1;
  /** Verdicts by the name of the judge; all others are kept, or not judged. */
  readonly verdicts: Readonly<Record<string, "kept" | "broken" | "not judged">>;
  /** Patterns in the lines. */
  readonly says: readonly RegExp[];
}

const launch = { script: "ready", timeout: 60 };

/** The function dies before it can do anything. */
const lostHandler = (usual: Behaviour): Behaviour =>
  changed(usual, { invocation: (facts) => ({ ...usual.invocation(facts), crashesAfter: 0 }) });

/** The role of the function lacks a permission. */
const denied =
  (denies: string) =>
  (usual: Behaviour): Behaviour =>
    changed(usual, {
      callError: (call) =>
        call.action === denies
          ? { code: "AccessDenied", message: "not authorized", status: 403 }
          : usual.callError(call),
    });

const cases: Readonly<Record<string, Case>> = {
  "a script that fails": {
    setting: withFault("script-fails"),
    code: 1,
    verdicts: { P1: "kept", P2: "kept", P3: "kept", P4: "kept", P5: "kept", script: "broken" },
    says: [
      /i-1 {2}the stop script ends with exit code 1$/m,
      /^broken {2}the stop script ended with exit code 1$/m,
      /^P5 {2}kept {2}the failure policy is continue, and the instance is gone$/m,
      /^The scale-in of 1 instance broke no promise, but the stop script ended with exit code 1\. /m,
    ],
  },
  "a script that fails and says why": {
    setting: {
      behaviour: (usual) =>
        changed(usual, {
          script: (facts) => ({ ...usual.script(facts), exitCode: 3, writes: "one\nno disk\n" }),
        }),
    },
    code: 1,
    verdicts: { P5: "kept", script: "broken" },
    says: [/^broken {2}the stop script ended with exit code 3; its last words are "one \/ no disk"$/m],
  },
  "a script that fails where the group retains": {
    setting: {
      ...withFault("script-fails"),
      args: { terminate: { script: "stop", timeout: 60, onFailure: OnFailure.Retain } },
    },
    code: 1,
    verdicts: { P1: "kept", P5: "kept", script: "broken" },
    says: [
      /An instance whose script fails is kept for inspection, and billed, until somebody ends it\./,
      /i-1 {2}Terminating:Retained: it is kept for inspection$/m,
      /^P5 {2}kept {2}the failure policy is retain, and the instance is retained$/m,
    ],
  },
  "an agent that is gone": {
    setting: withFault("agent-away"),
    code: 1,
    verdicts: { P1: "not judged", P3: "not judged", P4: "kept", P5: "kept", script: "broken" },
    says: [
      /^P1 {2}not judged {2}no agent gave a result \(.*\); the promise excepts an instance beyond reach$/m,
      /^broken {2}no result of the stop script is known$/m,
    ],
  },
  "an agent that never came": {
    setting: {
      behaviour: (usual) =>
        changed(usual, { instance: (facts) => ({ ...usual.instance(facts), agentStart: Infinity }) }),
    },
    code: 1,
    verdicts: { P1: "not judged", P4: "kept", P5: "kept", script: "broken" },
    says: [/risks {2}SSM does not show the agent of i-1 online: its script may not run\.$/m],
  },
  "a hook's event that is lost": {
    setting: withFault("lost-hook-event"),
    code: 0,
    verdicts: { P1: "kept", P3: "kept", P4: "kept", script: "kept" },
    says: [
      /^from the hook to the stop script {2}0\.0 to 180\.0 s {2}(2|3)\d\.\d to (2|3)\d\.\d s {2}within$/m,
    ],
  },
  "a command's event that is lost": {
    setting: { ...withFault("lost-command-event"), scriptSeconds: 30 },
    code: 0,
    verdicts: { P1: "kept", P3: "kept", P4: "kept", script: "kept" },
    says: [/^P3 {2}kept {2}the instance went on [3-6]\d to [3-6]\d s after the script's end$/m],
  },
  "a handler that always fails": {
    setting: { behaviour: lostHandler },
    code: 1,
    verdicts: { P1: "broken", P4: "broken", P5: "not judged", script: "broken" },
    says: [
      /i-1 {2}the action of graceful-terminate-sns is completed with CONTINUE: it timed out$/m,
      /^P1 {2}broken {2}the instance went on after 4\d\d to 4\d\d s at its hook, and no command was sent to it$/m,
      /^P4 {2}broken {2}Auto Scaling applied the default result, CONTINUE: /m,
      /^The scale-in of 1 instance did not go as promised: P1, P4 are broken; no result /m,
    ],
  },
  "a handler that may not complete": {
    setting: { behaviour: denied("CompleteLifecycleAction") },
    code: 1,
    verdicts: { P1: "kept", P2: "kept", P3: "broken", P4: "broken", script: "kept" },
    says: [
      /^P3 {2}broken {2}the instance went on 4\d\d to 4\d\d s after the script's end, more than the 120 s /m,
    ],
  },
  "a handler that may not send": {
    setting: { behaviour: denied("SendCommand") },
    code: 1,
    verdicts: { P1: "not judged", P4: "kept", P5: "kept", script: "broken" },
    says: [/^P1 {2}not judged .*, or the handler may not send the document$/m],
  },
  "a topic that takes nothing": {
    setting: withFault("broken-topic"),
    code: 1,
    verdicts: { P1: "broken", P4: "broken", script: "broken" },
    says: [/^P4 {2}broken {2}the wait was over .*, or Auto Scaling could not publish the hook's event$/m],
  },
  "a launch script that fails": {
    setting: { ...withFault("script-fails"), args: { launch } },
    options: { transition: "launch" },
    code: 1,
    verdicts: { P1: "kept", P5: "kept", script: "broken", capacity: "broken" },
    says: [
      /i-4 {2}the action of graceful-launch-sns is completed with ABANDON$/m,
      /^P5 {2}kept {2}the failure policy is abandon, and the instance is being terminated$/m,
      /^broken {2}3 of 4 instances are in service, and the desired capacity is 4$/m,
    ],
  },
  "replacements that fail to launch": {
    setting: {
      args: { launch },
      behaviour: (usual) =>
        changed(usual, {
          script: (facts) =>
            facts.transition === "launch" ? { ...usual.script(facts), exitCode: 1 } : usual.script(facts),
        }),
    },
    code: 1,
    verdicts: { P1: "kept", script: "kept", capacity: "broken" },
    says: [
      /^broken {2}2 of 3 instances are in service, and the desired capacity is 3$/m,
      /but it takes longer than it may, and is not watched any more; 2 of 3 instances are in service/,
    ],
  },
};

describe("graceful-asg drill of a group with", function () {
  this.timeout(120_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  for (const [name, { code, options, says, setting, verdicts }] of Object.entries(cases))
    it(name, async () => {
      bed = await openGroup(setting);

      const shown = await drillAt(bed, options);

      const text = linesOf(bed, shown).join("\n");
      for (const pattern of says) assert.match(text, pattern);
      assert.deepEqual(verdictsIn(text, Object.keys(verdicts)), verdicts, text);
      assert.equal(shown.code, code);
    });

  it("a look that fails: it goes on with the next", async () => {
    const failing = { left: 2 };
    bed = await openGroup({
      behaviour: (usual) =>
        changed(usual, {
          callError: (call) => {
            const isLook = call.caller === operatorKey && call.action === "ListCommandInvocations";
            if (!isLook || call.elapsed < 8_000 || failing.left === 0) return usual.callError(call);
            failing.left -= 1;
            return { code: "ExpiredTokenException", message: "The token has expired", status: 400 };
          },
        }),
    });

    const shown = await drillAt(bed);

    assert.equal(shown.code, 0);
    assert.equal(failing.left, 0);
    assert.equal(
      linesOf(bed, shown).filter((line) =>
        line.startsWith("This look has failed, the next follows: The AWS "),
      ).length,
      2,
    );
  });
});
