import assert from "node:assert/strict";
import type { BusyAnswer } from "../../../contract";
import type { CheckResult } from "../../../handler/aws/busyChecks";
import type { Said } from "../../../handler/busy/answer";
import { askByChecks } from "../../../handler/termination/askChecks";
import type { TerminationRequest } from "../../../handler/termination/request";
import { handlerContext } from "../../support/handlerContext";
import { recordedLog } from "../../support/recordedLog";
import { askedAt, idsOf, noChance, scaleIn, virtualTime } from "./policyWorld";

interface Checks {
  /** What instances have answered to the check of the last sweep. */
  readonly before?: Readonly<Record<string, BusyAnswer>>;
  /** What they answer to the check of the policy, and after how many looks they have. */
  readonly now?: Readonly<Record<string, BusyAnswer>>;
  readonly looks?: number;
  readonly refusal?: string;
}

/** Asks by checks for so much time, ms. */
async function asked(request: TerminationRequest, time: number, checks: Checks = {}) {
  const { before = {}, looks = Infinity, now = {}, refusal } = checks;
  const { clock, played, timeline } = virtualTime();
  const { lines, log } = recordedLog();
  const calls: unknown[][] = [];
  const lookedAt: number[] = [];
  const resultsOf = (answers: Readonly<Record<string, BusyAnswer>>): CheckResult[] =>
    Object.entries(answers).map(([instance, answer]) => ({ instance, answer, isOver: true }));
  const { busyChecks, runCommand } = handlerContext({
    busyChecks: {
      sent: (document, after) => {
        calls.push(["sent", document, after - askedAt]);
        return Promise.resolve([{ id: "of the sweep", sentAt: askedAt - 30_000 }]);
      },
      send: (document, instances) => {
        calls.push(["send", document, instances]);
        return Promise.resolve(
          refusal === undefined
            ? { kind: "sent", commandId: "of the policy", requestedAt: askedAt }
            : { kind: "failed", error: refusal },
        );
      },
      results: (check) => {
        if (check === "of the sweep") return Promise.resolve(resultsOf(before));
        lookedAt.push(timeline.now);
        return Promise.resolve(lookedAt.length >= looks ? resultsOf(now) : []);
      },
    },
  });
  const into = new Map<string, Said>();
  const context = { busyChecks, clock, log, runCommand };
  const { took } = await played(askByChecks(context, "h.check", request, askedAt + time, into, noChance));
  return { calls, into, lines, lookedAt, took };
}

describe("a termination policy that asks by checks", () => {
  it("reads the answers to the checks of the last two and a half minutes, then asks once more", async () => {
    const { calls, into, lines } = await asked(scaleIn(1, 2), 100, { before: { "i-1": "idle" } });

    assert.deepEqual(calls, [
      ["sent", "h.check", -150_000],
      ["send", "h.check", ["i-1", "i-0"]],
    ]);
    assert.deepEqual([...into], [["i-1", { answer: "idle", askedAt: askedAt - 30_000 }]]);
    assert.deepEqual(lines, []);
  });

  it("asks twice as many as have to go and five more: idle instances first, no busy instances", async () => {
    const { calls } = await asked(scaleIn(2, 14), 100, {
      before: { "i-0": "busy", "i-1": "busy", "i-2": "busy", "i-9": "idle", "i-12": "idle" },
    });

    assert.deepEqual(calls[1]?.[2], ["i-9", "i-12", "i-3", "i-4", "i-5", "i-6", "i-7", "i-8", "i-10"]);
  });

  it("asks two hundred instances at most", async () => {
    const { calls } = await asked(scaleIn(300, 300), 100);

    assert.deepEqual(
      calls.slice(1).flatMap(([, , instances]) => instances),
      idsOf(200),
    );
  });

  it("replaces old answers by the new ones", async () => {
    const before = { "i-0": "idle", "i-1": "idle" } as const;
    const { into } = await asked(scaleIn(1, 2), 1_000, { before, now: { "i-0": "busy" }, looks: 2 });

    assert.deepEqual(
      [...into],
      [
        ["i-0", { answer: "busy", askedAt }],
        ["i-1", { answer: "idle", askedAt: askedAt - 30_000 }],
      ],
    );
  });

  it("looks for answers every 150 ms, and no more at the end of its time", async () => {
    const { lookedAt, took } = await asked(scaleIn(1, 1), 600);

    assert.deepEqual([lookedAt, took], [[150, 300, 450], 450]);
  });

  it("ends when all have answered", async () => {
    const { lookedAt, took } = await asked(scaleIn(1, 1), 1_300, { now: { "i-0": "idle" }, looks: 2 });

    assert.deepEqual([lookedAt, took], [[150, 300], 300]);
  });

  it("writes a line where SSM refuses a check, and waits for no answer", async () => {
    const { lines, took } = await asked(scaleIn(1, 1), 1_300, { refusal: "Throttling: Rate exceeded" });

    assert.deepEqual(lines, [
      {
        level: "warn",
        message: "could not ask all instances",
        group: "web",
        error: "Throttling: Rate exceeded",
      },
    ]);
    assert.equal(took, 0);
  });
});
