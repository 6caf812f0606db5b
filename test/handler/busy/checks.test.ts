import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { CheckResult } from "../../../handler/aws/busyChecks";
import type { Sent } from "../../../handler/aws/refusal";
import type { Said } from "../../../handler/busy/answer";
import { readAnswers, sendChecks } from "../../../handler/busy/checks";
import type { Machine } from "../../../handler/situation";
import { handlerContext } from "../../support/handlerContext";

describe("sending checks", () => {
  const sent = (commandId: string): Sent => ({ kind: "sent", commandId, requestedAt: 7 });
  const refused = (instances: readonly string[], whole = false): Sent => ({
    kind: "refused",
    instances,
    whole,
    isUnknown: false,
    cause: "SSM refuses",
  });

  /** Asks instances; SSM gives the answers in turn. */
  const ask = async (
    instances: readonly string[],
    answers: readonly Sent[],
    machines?: Readonly<Record<string, Machine>>,
  ) => {
    const calls: string[] = [];
    const left = [...answers];
    const context = handlerContext({
      busyChecks: {
        send: (document, asked) => {
          calls.push(`${document} ${asked.join()}`);
          const answer = left.shift();
          return answer ? Promise.resolve(answer) : Promise.reject(new Error("not to be sent"));
        },
      },
      runCommand:
        machines === undefined ? {} : { machines: () => Promise.resolve(new Map(Object.entries(machines))) },
    });
    return { ...(await sendChecks(context, "d", instances)), calls };
  };
  const many = Array.from({ length: 120 }, (_, index) => `i-${index}`);

  it("asks 50 instances with a call", async () => {
    assert.deepEqual(await ask(many, [sent("c1"), sent("c2"), sent("c3")]), {
      checks: ["c1", "c2", "c3"].map((id) => ({ id, sentAt: 7 })),
      problem: undefined,
      calls: [many.slice(0, 50), many.slice(50, 100), many.slice(100)].map((batch) => `d ${batch.join()}`),
    });
  });

  it("says why a batch was not asked", async () => {
    const failed: Sent = { kind: "failed", error: "AWS is away" };
    const { calls, ...sending } = await ask(many, [sent("c1"), failed, sent("c3")]);

    assert.equal(calls.length, 3);
    assert.deepEqual(sending, {
      checks: [
        { id: "c1", sentAt: 7 },
        { id: "c3", sentAt: 7 },
      ],
      problem: "AWS is away",
    });
  });

  it("leaves out the instances that SSM names, and asks the others once more", async () => {
    assert.deepEqual(await ask(["i-1", "i-2", "i-3"], [refused(["i-2"]), sent("c")]), {
      checks: [{ id: "c", sentAt: 7 }],
      problem: undefined,
      calls: ["d i-1,i-2,i-3", "d i-1,i-3"],
    });
  });

  it("leaves out the machines that do not run where SSM names none", async () => {
    const machines = { "i-1": "there", "i-2": "silent" } as const;

    assert.deepEqual(await ask(["i-1", "i-2", "i-3"], [refused([]), sent("c")], machines), {
      checks: [{ id: "c", sentAt: 7 }],
      problem: undefined,
      calls: ["d i-1,i-2,i-3", "d i-1"],
    });
  });

  it("does not ask again where all machines run", async () => {
    assert.deepEqual(await ask(["i-1", "i-2"], [refused([])], { "i-1": "there", "i-2": "there" }), {
      checks: [],
      problem: "SSM refuses",
      calls: ["d i-1,i-2"],
    });
  });

  it("does not ask again where SSM names all instances", async () => {
    assert.deepEqual(await ask(["i-1", "i-2"], [refused(["i-1", "i-2"])]), {
      checks: [],
      problem: "SSM refuses",
      calls: ["d i-1,i-2"],
    });
  });

  it("does not ask again where SSM refuses the only instance", async () => {
    assert.deepEqual(await ask(["i-1"], [refused([])]), {
      checks: [],
      problem: "SSM refuses",
      calls: ["d i-1"],
    });
  });

  it("does not ask again where SSM refuses the command as a whole", async () => {
    assert.deepEqual(await ask(["i-1", "i-2"], [refused([], true)]), {
      checks: [],
      problem: "SSM refuses",
      calls: ["d i-1,i-2"],
    });
  });

  it("gives up where SSM refuses the others too", async () => {
    assert.deepEqual(await ask(["i-1", "i-2", "i-3"], [refused(["i-2"]), refused(["i-3"])]), {
      checks: [],
      problem: "SSM refuses",
      calls: ["d i-1,i-2,i-3", "d i-1,i-3"],
    });
  });
});

describe("reading the answers to checks", () => {
  const result = (instance: string, answer: CheckResult["answer"], isOver = true): CheckResult => ({
    instance,
    answer,
    isOver,
  });

  /** Reads checks of these instants, each with its results; a check has its instant for an id. */
  const read = async (
    checks: readonly (readonly [sentAt: number, results: readonly CheckResult[]])[],
    known: readonly (readonly [string, Said])[] = [],
  ) => {
    const { busyChecks } = handlerContext({
      busyChecks: {
        results: (id) => Promise.resolve([...(checks.find(([sentAt]) => String(sentAt) === id)?.[1] ?? [])]),
      },
    });
    const answers = new Map(known);
    const asked = checks.map(([sentAt]) => ({ id: String(sentAt), sentAt }));
    const open = await readAnswers(busyChecks, asked, answers);
    return { answers: Object.fromEntries(answers), open: open.map(({ id }) => id) };
  };

  it("takes the latest answer of each instance, whatever order the checks have", async () => {
    const checks = [
      [1, [result("i-1", "idle"), result("i-2", "idle")]],
      [2, [result("i-1", "busy"), result("i-2", undefined)]],
    ] as const;
    const answers = { "i-1": { answer: "busy", askedAt: 2 }, "i-2": { answer: "idle", askedAt: 1 } };

    assert.deepEqual((await read(checks)).answers, answers);
    assert.deepEqual((await read([...checks].reverse())).answers, answers);
  });

  it("keeps the first answer where another has the same instant", async () => {
    const { answers } = await read([[1, [result("i-1", "idle")]]], [["i-1", { answer: "busy", askedAt: 1 }]]);

    assert.deepEqual(answers, { "i-1": { answer: "busy", askedAt: 1 } });
  });

  it("takes each check's answers as they come, though another check is never read", async () => {
    const never = new Promise<CheckResult[]>(() => undefined);
    const { busyChecks } = handlerContext({
      busyChecks: { results: (id) => (id === "2" ? never : Promise.resolve([result("i-1", "busy")])) },
    });
    const answers = new Map<string, Said>();
    const asked = [1, 2].map((sentAt) => ({ id: String(sentAt), sentAt }));
    void readAnswers(busyChecks, asked, answers);
    await setImmediate();

    assert.deepEqual(Object.fromEntries(answers), { "i-1": { answer: "busy", askedAt: 1 } });
  });

  it("names the checks that may still be answered, also those that SSM does not show yet", async () => {
    const { open } = await read([
      [1, [result("i-1", "idle"), result("i-2", undefined)]],
      [2, [result("i-1", "idle"), result("i-2", undefined, false)]],
      [3, []],
    ]);

    assert.deepEqual(open, ["2", "3"]);
  });
});
