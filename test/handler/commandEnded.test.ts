import assert from "node:assert/strict";
import { encodeInstructions, writeHold } from "../../contract";
import type { CommandEnd } from "../../handler/aws/commandEnd";
import type { Result, SentCommand } from "../../handler/aws/runCommand";
import { onCommandEnded } from "../../handler/commandEnded";
import type { EmbeddedMetrics } from "../../handler/metrics";
import { createSeal } from "../../handler/seal";
import type { CommandEnded, CommandParameters, EndStatus } from "../../handler/trigger";
import { handlerContext } from "../support/handlerContext";
import { PassingTime } from "../support/passingTime";
import { commandParameters, ids, instructionsFor } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

const now = Date.UTC(2026, 0, 1);
const place = { group: ids.group, hook: "graceful-terminate-sns", instance: ids.instance };
const seal = createSeal("a secret");
const sealed = seal.close(ids.token, place);

/** The parameters of a command that went to one instance. */
function parameters(changes: CommandParameters = {}): CommandParameters {
  return { ...commandParameters(), action: sealed, ...changes };
}

function ended(status: EndStatus, changes: Partial<CommandEnded> = {}): CommandEnded {
  return {
    kind: "commandEnded",
    commandId: ids.command,
    document: instructionsFor("terminate").document,
    status,
    requestedAt: now - 30_000,
    endedAt: now - 1_000,
    parameters: parameters(),
    ...changes,
  };
}

const failed: CommandEnd = { status: "failed", endedAt: now - 1_000, output: "it does not stop" };

interface Given {
  readonly ends?: readonly (CommandEnd | Error | undefined)[];
  readonly command?: Partial<SentCommand> | undefined;
  readonly results?: readonly Result[];
  readonly onFailure?: "continue" | "abandon" | "retain";
  readonly retainedBefore?: boolean;
  readonly state?: string;
  readonly until?: number;
  /** Value of the tag with which an operator holds the instance, or that EC2 does not answer. */
  readonly hold?: string | Error;
}

/** AWS with one waiting instance, and the calls that it gets. */
function world(given: Given = {}) {
  const {
    ends = [failed],
    onFailure = "continue",
    retainedBefore = false,
    state = "Terminating:Wait",
  } = given;
  const { lines, log } = recordedLog();
  const calls: string[] = [];
  const completions: unknown[] = [];
  let looks = 0;
  const said = <T>(call: string, answer: T) => {
    calls.push(call);
    return Promise.resolve(answer);
  };
  const clock = new PassingTime(now);
  const context = {
    ...handlerContext({
      log,
      until: given.until ?? now + 40_000,
      autoScaling: {
        describe: (instances) => {
          const details = { group: ids.group, lifecycleState: state, isHealthy: true };
          return said("describe", new Map(instances.map((id) => [id, details])));
        },
        hooks: () =>
          said("hooks", [
            {
              name: place.hook,
              lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
              heartbeatTimeout: 450,
              metadata: encodeInstructions(instructionsFor("terminate", { onFailure })),
            },
          ]),
        activities: (_, __, instances, history) => {
          const found = { startedAt: now - 60_000, cause: "", retainedBefore: history && retainedBefore };
          return said(
            `activities${history ? " with history" : ""}`,
            new Map(instances.map((id) => [id, found])),
          );
        },
        complete: (action, result) => {
          completions.push([action.instance, action.token, result]);
          return said("complete", true);
        },
      },
      ec2: {
        holds: () =>
          given.hold instanceof Error
            ? Promise.reject(given.hold)
            : said("holds", new Map(given.hold === undefined ? [] : [[ids.instance, given.hold]])),
      },
      runCommand: {
        end: () => {
          calls.push("end");
          const end = ends[Math.min(looks, ends.length - 1)];
          looks += 1;
          return end instanceof Error ? Promise.reject(end) : Promise.resolve(end);
        },
        command: () =>
          said(
            "command",
            "command" in given && given.command === undefined
              ? undefined
              : {
                  parameters: parameters(),
                  instances: [ids.instance],
                  requestedAt: now - 30_000,
                  isOurs: true,
                  isAnnouncement: false,
                  ...given.command,
                },
          ),
        results: () => said("results", [...(given.results ?? [])]),
        invocations: () => said("invocations", []),
        send: () => said("send", { kind: "sent", commandId: "c2", requestedAt: now } as const),
      },
    }),
    clock,
    seal,
  };
  return { context, calls, completions, lines, clock };
}

describe("the handler, after the end of a command", () => {
  it("completes the very action that the command was sent for, with one call", async () => {
    const { calls, completions, context, lines } = world();
    await onCommandEnded(context, ended("Success"));

    assert.deepEqual(calls, ["complete"]);
    assert.deepEqual(completions, [[ids.instance, ids.token, "CONTINUE"]]);
    assert.deepEqual(
      lines.map(({ message, outcome }) => [message, outcome]),
      [["completed with CONTINUE: the script succeeded", "succeeded"]],
    );
  });

  it("measures by the times of its event and of the parameters, and drops a beginning that cannot be", async () => {
    const measured = async (since: string) => {
      const put: EmbeddedMetrics[] = [];
      const { context } = world();
      const putMetrics = (metrics: EmbeddedMetrics) => put.push(metrics);
      await onCommandEnded(
        { ...context, putMetrics },
        ended("Success", { parameters: parameters({ since }) }),
      );
      return put.map(({ WaitTime, CommandTime, CompletionLag }) => [WaitTime, CommandTime, CompletionLag]);
    };
    const seconds = now / 1000;

    assert.deepEqual(await measured(String(seconds - 60)), [[45, 29, 1]]);
    // The parameter is 15 s before the beginning; no action is open for longer than two days.
    assert.deepEqual(await measured(String(seconds - 15)), [[0, 29, 1]]);
    assert.deepEqual(await measured(String(seconds - 172_815)), [[172_800, 29, 1]]);
    for (const since of ["", "no", String(seconds - 14), String(seconds - 172_816)])
      assert.deepEqual(await measured(since), [[undefined, 29, 1]], since);
  });

  it("ignores a document of another handler", async () => {
    const { calls, context, lines } = world();
    await onCommandEnded(context, ended("Success", { document: "AWS-RunShellScript" }));

    assert.deepEqual(calls, []);
    assert.equal(lines[0]?.message, "ignored: AWS-RunShellScript is not a document of this handler");
  });

  it("looks the parameters up where the event has none", async () => {
    for (const none of [undefined, {}, { group: "", hook: undefined }]) {
      const { calls, completions, context } = world();
      await onCommandEnded(context, ended("Success", { parameters: none }));

      assert.deepEqual(calls, ["command", "complete"]);
      assert.deepEqual(completions, [[ids.instance, ids.token, "CONTINUE"]]);
    }
  });

  it("logs that a command does not name its hook", async () => {
    for (const command of [undefined, { parameters: undefined }, { parameters: { group: "web" } }]) {
      const { calls, context, lines } = world({ command });
      await onCommandEnded(context, ended("Success", { parameters: undefined }));

      assert.deepEqual(calls, ["command"]);
      assert.deepEqual(
        lines.map(({ level, message }) => [level, message]),
        [["warn", `ignored: ${ids.command} does not say which hook it was sent for`]],
      );
    }
    const { calls, context } = world();
    await onCommandEnded(context, ended("Success", { parameters: { hook: "graceful-terminate-sns" } }));
    assert.deepEqual(calls, []);
  });

  it("leaves a command that was taken back to the next sweep", async () => {
    const { calls, context } = world();
    await onCommandEnded(context, ended("Cancelled"));

    assert.deepEqual(calls, []);
  });

  it("applies the policy of the command to a script that failed, and logs the output of the script", async () => {
    for (const [onFailure, result] of [
      ["continue", "CONTINUE"],
      ["abandon", "ABANDON"],
    ] as const) {
      const { calls, completions, context, lines } = world();
      await onCommandEnded(context, ended("Failed", { parameters: parameters({ onFailure }) }));

      assert.deepEqual(calls, ["end", "holds", "complete"]);
      assert.deepEqual(completions, [[ids.instance, ids.token, result]]);
      const reason = `the script failed or ran too long: ${onFailure}`;
      assert.deepEqual(
        lines.map(({ level, message, outcome, output }) => [level, message, outcome, output]),
        [
          ["warn", `completing: ${reason}`, undefined, undefined],
          ["warn", `the end of the output of ${ids.command}`, undefined, "it does not stop"],
          ["warn", `completed with ${result}: ${reason}`, "failed", undefined],
        ],
      );
    }
  });

  it("does not give up on an instance that an operator holds, whatever the policy, and says until when", async () => {
    for (const onFailure of ["continue", "abandon", "retain"] as const) {
      const { completions, context, lines } = world({ onFailure, hold: writeHold(now + 600_000) });
      await onCommandEnded(context, ended("Failed", { parameters: parameters({ onFailure }) }));

      assert.deepEqual(completions, []);
      assert.deepEqual(
        lines.map(({ code, decision, reason }) => [code, decision, reason]),
        [
          [
            "held",
            "wait",
            "an operator holds the instance: until 2026-01-01T00:10:00Z; the script failed or ran too long",
          ],
        ],
      );
    }
  });

  it("applies the failure policy where the hold is over or is no hold", async () => {
    for (const hold of [writeHold(now), writeHold(now - 1_000), "forever"]) {
      const { completions, context } = world({ hold, onFailure: "abandon" });
      await onCommandEnded(context, ended("Failed", { parameters: parameters({ onFailure: "abandon" }) }));

      assert.deepEqual(completions, [[ids.instance, ids.token, "ABANDON"]]);
    }
  });

  it("leaves a failure to the sweep where EC2 does not tell whether an operator holds the instance", async () => {
    const hold = Object.assign(new Error("no answer"), { name: "TimeoutError" });
    const { completions, context, lines } = world({ hold });
    await onCommandEnded(context, ended("Failed"));

    assert.deepEqual(completions, []);
    assert.equal(lines.at(-1)?.code, "holdUnread");
  });

  it("looks for an earlier retention before it retains an instance", async () => {
    for (const retainedBefore of [false, true]) {
      const { calls, completions, context } = world({ onFailure: "retain", retainedBefore });
      await onCommandEnded(context, ended("Failed", { parameters: parameters({ onFailure: "retain" }) }));

      assert.ok(calls.includes("activities with history"));
      assert.deepEqual(completions, [[ids.instance, undefined, retainedBefore ? "CONTINUE" : "ABANDON"]]);
    }
  });

  it("looks at the instance as a sweep does where the policy of the command is unknown", async () => {
    const { calls, completions, context } = world({ onFailure: "abandon" });
    await onCommandEnded(context, ended("Failed", { parameters: parameters({ onFailure: "explode" }) }));

    assert.ok(calls.includes("describe"));
    assert.deepEqual(completions, [[ids.instance, undefined, "ABANDON"]]);
  });

  it("completes nothing for an action that it has not sealed", async () => {
    const elsewhere = seal.close(ids.token, { ...place, instance: "i-1" });
    for (const action of [ids.token, elsewhere, ""]) {
      const { calls, completions, context, lines } = world({ command: { isOurs: false } });
      await onCommandEnded(context, ended("Success", { parameters: parameters({ action }) }));

      assert.deepEqual([calls, completions], [["command"], []]);
      assert.deepEqual(
        lines.map(({ group, hook, level, message }) => [level, message, group, hook]),
        [["warn", `ignored: no handler has sent ${ids.command}`, ids.group, place.hook]],
      );
    }
    const { calls, context } = world({ command: undefined });
    await onCommandEnded(context, ended("Success", { parameters: parameters({ action: ids.token }) }));
    assert.deepEqual(calls, ["command"]);
  });

  it("logs which instances an announcement did not reach, and looks at nothing else", async () => {
    const result = { endedAt: undefined, output: "no such queue" };
    const { calls, completions, context, lines } = world({
      command: { isOurs: false, isAnnouncement: true },
      results: [
        { ...result, instance: "i-1", status: "succeeded" },
        { ...result, instance: "i-2", status: "failed" },
        { ...result, instance: "i-3", status: "undelivered" },
        { ...result, instance: "i-4", status: "running" },
      ],
    });
    await onCommandEnded(context, ended("Success", { parameters: parameters({ action: "" }) }));

    assert.deepEqual([calls, completions], [["command", "results"], []]);
    assert.deepEqual(
      lines.map(({ code, instance, level, output, outcome }) => [level, instance, code, output, outcome]),
      [
        ["warn", "i-2", "announceFailed", "no such queue", undefined],
        ["warn", "i-3", "announceNotDelivered", "no such queue", undefined],
      ],
    );
  });

  it("looks at every instance of a batch, even if lists do not show the end yet", async () => {
    for (const changes of [{ action: "" }, { instance: "" }, { transition: "stop" }]) {
      const { calls, completions, context } = world({ onFailure: "abandon" });
      await onCommandEnded(context, ended("Failed", { parameters: parameters(changes) }));

      assert.deepEqual(calls.slice(0, 3), ["command", "describe", "hooks"]);
      assert.deepEqual(completions, [[ids.instance, undefined, "ABANDON"]]);
    }
  });

  it("starts nothing where no instance of the command waits any more", async () => {
    const { calls, context } = world({ state: "Terminating:Proceed" });
    await onCommandEnded(context, ended("Failed", { parameters: parameters({ action: "" }) }));

    assert.deepEqual(calls, ["command", "describe"]);
  });

  it("completes a launch, too", async () => {
    const launch = { ...place, hook: "graceful-launch-sns" };
    const { completions, context, lines } = world();
    const given = { ...commandParameters("launch"), action: seal.close(ids.token, launch) };
    await onCommandEnded(context, ended("Success", { parameters: given }));

    assert.deepEqual(completions, [[ids.instance, ids.token, "CONTINUE"]]);
    assert.equal(lines[0]?.transition, "launch");
  });

  it("looks at the instance as a sweep does where the transition is unknown, even if the seal opens", async () => {
    const { completions, context } = world({ ends: [{ ...failed, status: "succeeded" }] });
    await onCommandEnded(context, ended("Success", { parameters: parameters({ transition: "sideways" }) }));

    assert.deepEqual(completions, [[ids.instance, undefined, "CONTINUE"]]);
  });

  it("completes nothing where the agent failed and not the script", async () => {
    const troubled: CommandEnd = { status: "troubled", endedAt: now - 1_000, output: "" };
    const { calls, completions, context } = world({ ends: [troubled], onFailure: "abandon" });
    await onCommandEnded(context, ended("Failed", { parameters: parameters({ onFailure: "abandon" }) }));

    assert.ok(calls.includes("describe"));
    assert.deepEqual(completions, []);
  });

  it("asks three times about an end that SSM does not show yet, as long as the invocation lasts", async () => {
    const open: CommandEnd = { status: "running", endedAt: undefined, output: "" };
    for (const [ends, until, looks, took] of [
      [[undefined, open, failed], 40_000, 3, 10_000],
      [[undefined, { ...open, status: "pending" }, { ...open, status: "ended" }, failed], 40_000, 4, 10_000],
      [[undefined, failed], 5_000, 2, 5_000],
      [[undefined, undefined, failed], 9_999, 3, 5_000],
    ] as const) {
      const { calls, clock, completions, context } = world({ ends, until: now + until });
      await onCommandEnded(context, ended("Failed"));

      assert.equal(calls.filter((one) => one === "end").length, looks);
      assert.equal(clock.now() - now, took);
      assert.equal(completions.length, 1);
    }
  });

  it("logs that SSM does not tell how a command ended, and looks at the instance as a sweep does", async () => {
    const { calls, context, lines } = world({ ends: [new Error("not allowed"), failed] });
    await onCommandEnded(context, ended("Failed"));

    assert.deepEqual(calls.slice(0, 3), ["end", "command", "describe"]);
    assert.deepEqual(
      [lines[0]?.level, lines[0]?.message, lines[0]?.error, lines[0]?.instance],
      ["warn", `could not read how ${ids.command} ended`, "Error: not allowed", ids.instance],
    );
  });
});
