import assert from "node:assert/strict";
import type { Check, CheckResult } from "../../../handler/aws/busyChecks";
import type { Sent } from "../../../handler/aws/refusal";
import { ids } from "../../support/payloads";
import { busyGroup, idsOf, instancesOf, sweptAt } from "./group";

describe("a sweep that asks instances by checks", () => {
  const document = `${ids.handler}.web`;
  const says = (instance: string, answer: CheckResult["answer"]) => ({ instance, answer, isOver: true });

  /** A group whose checks have these results, newest first, and what a sweep asks SSM. */
  const groupWith = ({
    tag = `document=${document} protect`,
    instances = instancesOf(["i-1"]),
    results = [],
    sent = { kind: "sent", commandId: "new", requestedAt: sweptAt },
  }: {
    readonly tag?: string | undefined;
    readonly instances?: ReturnType<typeof instancesOf>;
    readonly results?: readonly (readonly CheckResult[])[];
    readonly sent?: Sent;
  }) => {
    const calls: string[] = [];
    const checks: Check[] = results.map((_, index) => ({ id: `${index}`, sentAt: sweptAt - index }));
    const world = busyGroup(tag, instances, {
      busyChecks: {
        sent: (name, after) => {
          calls.push(`list ${name} since ${sweptAt - after} ms`);
          return Promise.resolve(checks);
        },
        results: (check) => {
          calls.push(`read ${check}`);
          return Promise.resolve([...(results[Number(check)] ?? [])]);
        },
        send: (name, asked) => {
          calls.push(`send ${name} ${asked.join()}`);
          return Promise.resolve(sent);
        },
      },
    });
    return { ...world, calls };
  };
  const listed = `list ${document} since 600000 ms`;

  it("acts on the answers to the checks before, and asks again", async () => {
    const { calls, lines, protections, tend } = groupWith({
      instances: [...instancesOf(["i-1", "i-2"]), ...instancesOf(["i-3", "i-4"], { isProtected: true })],
      results: [
        [says("i-1", "busy"), says("i-2", "idle"), says("i-3", "busy"), says("i-4", "idle")],
        [says("i-2", "busy")],
      ],
    });
    await tend();

    assert.deepEqual(calls, [listed, "read 0", `send ${document} i-1,i-2,i-3,i-4`]);
    assert.deepEqual(protections, [
      ["web", "i-1", true],
      ["web", "i-4", false],
    ]);
    assert.deepEqual(lines, [
      { level: "info", message: "protected i-1", group: "web", decision: "protect" },
      { level: "info", message: "released i-4", group: "web", decision: "release" },
    ]);
  });

  it("asks only the instances in service", async () => {
    const { calls, protections, tend } = groupWith({
      instances: [
        ...instancesOf(["i-1"]),
        ...instancesOf(["i-2"], { lifecycleState: "Terminating:Wait", isProtected: true }),
      ],
    });
    await tend();

    assert.deepEqual(calls, [listed, `send ${document} i-1`]);
    assert.deepEqual(protections, []);
  });

  it("asks nobody where no instance is in service", async () => {
    const { calls, tend } = groupWith({ instances: instancesOf(["i-1"], { lifecycleState: "Pending" }) });
    await tend();

    assert.deepEqual(calls, []);
  });

  it("leaves a group without the tag alone", async () => {
    const { lines, tend } = busyGroup(undefined, instancesOf(["i-1"]), {});
    await tend();

    assert.deepEqual(lines, []);
  });

  it("leaves protections alone where only the termination policy needs the answers", async () => {
    const { calls, protections, tend } = groupWith({
      tag: `document=${document}`,
      instances: instancesOf(["i-1"], { isProtected: true }),
    });
    await tend();

    assert.deepEqual(calls, [`send ${document} i-1`]);
    assert.deepEqual(protections, []);
  });

  it("reads an older check only where the newer checks lack an instance", async () => {
    const { calls, protections, tend } = groupWith({
      instances: instancesOf(["i-1", "i-2"]),
      results: [[says("i-1", "busy")], [says("i-1", "idle"), says("i-2", "busy")], [says("i-2", "idle")]],
    });
    await tend();

    assert.deepEqual(calls.slice(1, -1), ["read 0", "read 1"]);
    assert.deepEqual(protections, [["web", "i-1,i-2", true]]);
  });

  it("reads at most ten rounds of checks, each with a check for every 50 instances", async () => {
    const { calls, tend } = groupWith({
      instances: instancesOf(idsOf(51)),
      results: idsOf(25).map(() => []),
    });
    await tend();

    assert.deepEqual(
      calls.slice(1, -2),
      Array.from({ length: 20 }, (_, index) => `read ${index}`),
    );
  });

  it("reads the checks of a whole round, and no more, where they have all answers", async () => {
    const all = idsOf(51);
    const [first, second] = [all.slice(0, 50), all.slice(50)].map((batch) =>
      batch.map((id) => says(id, "idle")),
    );
    const { calls, tend } = groupWith({
      instances: instancesOf(all),
      results: [first ?? [], second ?? [], []],
    });
    await tend();

    assert.deepEqual(calls.slice(1, -2), ["read 0", "read 1"]);
  });

  it("protects 50 instances with a call", async () => {
    const all = idsOf(51);
    const { lines, protections, tend } = groupWith({
      instances: instancesOf(all),
      results: [all.map((id) => says(id, "busy"))],
    });
    await tend();

    assert.deepEqual(protections, [
      ["web", all.slice(0, 50).join(), true],
      ["web", "i-51", true],
    ]);
    assert.deepEqual(
      lines.map(({ message }) => message),
      [`protected ${all.slice(0, 50).join(", ")}`, "protected i-51"],
    );
  });

  it("says so where SSM does not ask all instances", async () => {
    const { lines, tend } = groupWith({ sent: { kind: "failed", error: "AWS is away" } });
    await tend();

    assert.deepEqual(lines, [
      { level: "warn", message: "could not ask all instances", group: "web", error: "AWS is away" },
    ]);
  });
});
