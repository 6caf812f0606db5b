import assert from "node:assert/strict";
import type { LifecycleEvent, Transition } from "../../contract";
import { because, completionOf, type Outcome } from "../../handler/decide";
import { tellCompleted, tellStarted, type CompletionFacts } from "../../handler/tell";
import { handlerContext } from "../support/handlerContext";
import { ids } from "../support/payloads";

const now = Date.UTC(2026, 0, 1);
const place = {
  group: ids.group,
  hook: "graceful-terminate-sns",
  instance: ids.instance,
  transition: "terminate" as Transition,
};
const action = { ...place, token: ids.token };
const command = { document: "stop", commandId: ids.command };
const named = { version: 1, handler: ids.handler, ...place, ...command };

function listening() {
  const told: LifecycleEvent[] = [];
  const context = handlerContext({ now: () => now, tell: (event) => told.push(event) });
  return { told, context };
}

function completed(
  outcome: Outcome,
  result: "CONTINUE" | "ABANDON",
  facts: CompletionFacts,
  transition: Transition = "terminate",
) {
  const { context, told } = listening();
  tellCompleted(context, { ...place, transition }, completionOf(result, outcome, because("failed")), facts);
  return told;
}

const typesOf = (told: readonly LifecycleEvent[]) => told.map(({ type }) => type);

describe("what an event bus is told", () => {
  it("is the beginning of an action with its document and command", () => {
    const { context, told } = listening();
    tellStarted(context, action, command);

    assert.deepEqual(told, [{ type: "Graceful Lifecycle Action Started", at: now, detail: named }]);
  });

  it("is the end of an action with its outcome, its reason and its durations in seconds, but no token", () => {
    const { context, told } = listening();
    const completion = completionOf("CONTINUE", "succeeded", because("succeeded"));
    const times = { waitingSince: now - 95_500, requestedAt: now - 95_000, endedAt: now - 1_250 };
    tellCompleted(context, action, completion, { ...command, ...times });

    const detail = {
      ...named,
      outcome: "succeeded",
      result: "CONTINUE",
      code: "succeeded",
      reason: "the script succeeded",
      waitTime: 95.5,
      commandTime: 93.75,
      completionLag: 1.25,
    };
    assert.deepEqual(told, [{ type: "Graceful Lifecycle Action Completed", at: now, detail }]);
  });

  it("is a failure where somebody has to look into it", () => {
    for (const outcome of ["succeeded", "skipped", "gone"] as const)
      assert.deepEqual(typesOf(completed(outcome, "CONTINUE", {})), ["Graceful Lifecycle Action Completed"]);
    for (const outcome of ["failed", "overran", "unreachable"] as const)
      assert.deepEqual(typesOf(completed(outcome, "CONTINUE", {})), ["Graceful Lifecycle Action Failed"]);
  });

  it("is an instance that the group keeps: only a failed termination that a policy which retains abandons", () => {
    const [failed, retained] = completed("failed", "ABANDON", { onFailure: "retain" });
    assert.deepEqual(
      [failed?.type, retained?.type],
      ["Graceful Lifecycle Action Failed", "Graceful Instance Retained"],
    );
    assert.deepEqual(retained?.detail, failed?.detail);

    const others = [
      completed("failed", "ABANDON", {}),
      completed("failed", "ABANDON", { onFailure: "abandon" }),
      completed("failed", "CONTINUE", { onFailure: "retain" }),
      completed("failed", "ABANDON", { onFailure: "retain" }, "launch"),
    ];
    for (const told of others) assert.deepEqual(typesOf(told), ["Graceful Lifecycle Action Failed"]);
    assert.deepEqual(typesOf(completed("succeeded", "ABANDON", { onFailure: "retain" })), [
      "Graceful Lifecycle Action Completed",
    ]);
  });
});
