import assert from "node:assert/strict";
import type { AutoScaling, Group } from "../../../handler/aws/autoScaling";
import { answerRequest } from "../../../handler/termination/answer";
import type { TerminationRequest } from "../../../handler/termination/request";
import { handlerContext, type ContextChanges } from "../../support/handlerContext";
import { ids } from "../../support/payloads";
import { recordedLog } from "../../support/recordedLog";
import { askedAt, idsOf, noChance, scaleIn, virtualTime } from "./policyWorld";

type Time = ReturnType<typeof virtualTime>;

/** The answer to a question after at most a second, in virtual time. */
async function answered(request: TerminationRequest, changes: (time: Time) => ContextChanges) {
  const time = virtualTime();
  const { lines, log } = recordedLog();
  const context = { ...handlerContext({ log, ...changes(time) }), clock: time.clock, random: noChance };
  const { result, took } = await time.played(answerRequest(context, request, askedAt + 1_000));
  return { chosen: result, lines, took };
}

/** A group by its tag, after some time. */
function tagged({ after }: Time, busy: string | undefined, takes = 0): Pick<AutoScaling, "group"> {
  const group: Group = {
    name: "web",
    instances: [],
    hasUnreadPool: false,
    repeats: false,
    busy,
    revisions: [],
  };
  return { group: () => after(takes, group) };
}

const byCheck = `document=${ids.handler}.check`;
const error = "Error: AWS is away";
const fails = () => Promise.reject(new Error("AWS is away"));

describe("what a termination policy answers", () => {
  it("is there in time though an answer of AWS never comes", async () => {
    const { chosen, lines, took } = await answered(scaleIn(1, 2), (time) => ({
      autoScaling: tagged(time, byCheck),
      busyChecks: { sent: () => time.after(Infinity, []) },
    }));

    assert.deepEqual([chosen, took], [[{ id: "i-0", standing: "unknown" }], 1_000]);
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "chose 1 of 2 instances: i-0 (unknown)",
        group: "web",
        decision: "choose",
        cause: "SCALE_IN",
        standings: { idle: 0, unknown: 2, busy: 0 },
        elapsed: 1,
      },
    ]);
  });

  it("names in the log the first fifty instances, and says how many more go", async () => {
    const { lines } = await answered(scaleIn(52, 60), (time) => ({ autoScaling: tagged(time, undefined) }));
    const names = idsOf(50).map((id) => `${id} (unknown)`);

    assert.equal(lines[0]?.message, `chose 52 of 60 instances: ${names.join(", ")}, 2 more`);
  });

  it("names fifty instances in the log without any more", async () => {
    const { lines } = await answered(scaleIn(50, 60), (time) => ({ autoScaling: tagged(time, undefined) }));

    assert.match(lines[0]?.message ?? "", /, i-49 \(unknown\)$/);
  });

  it("follows the checks of a group whose tag names a document", async () => {
    const { chosen } = await answered(scaleIn(1, 2), (time) => ({
      autoScaling: tagged(time, byCheck),
      isBusy: () => Promise.reject(new Error("not to be called")),
      busyChecks: {
        sent: () => Promise.resolve([{ id: "c", sentAt: 1 }]),
        results: () => Promise.resolve([{ instance: "i-1", answer: "idle", isOver: true }]),
        send: () => Promise.resolve({ kind: "failed", error: "no" }),
      },
    }));

    assert.deepEqual(chosen, [{ id: "i-1", standing: "idle" }]);
  });

  it("asks by no document of another handler, and writes no line about it", async () => {
    const { chosen, lines } = await answered(scaleIn(1, 2), (time) => ({
      autoScaling: tagged(time, "document=other.check protect"),
      isBusy: ({ instanceId }) => Promise.resolve(instanceId === "i-0"),
    }));

    assert.deepEqual(chosen, [{ id: "i-1", standing: "idle" }]);
    assert.deepEqual(
      lines.map(({ level }) => level),
      ["info"],
    );
  });

  it("says in the log why a check could not be sent", async () => {
    const { chosen, lines } = await answered(scaleIn(1, 2), (time) => ({
      autoScaling: tagged(time, byCheck),
      busyChecks: { sent: fails },
    }));

    assert.equal(chosen.length, 1);
    assert.deepEqual(lines[0], { level: "warn", message: "could not ask", group: "web", error });
  });

  it("says in the log why a group could not be read, and asks the callback", async () => {
    const { chosen, lines } = await answered(scaleIn(1, 2), () => ({
      autoScaling: { group: fails },
      isBusy: ({ instanceId }) => Promise.resolve(instanceId === "i-0"),
    }));

    assert.deepEqual(chosen, [{ id: "i-1", standing: "idle" }]);
    assert.deepEqual(lines[0], { level: "warn", message: "could not read the group", group: "web", error });
  });

  it("asks the callback after two fifths of the time where a group does not come", async () => {
    let at: number | undefined;
    const { chosen, lines } = await answered(scaleIn(1, 1), (time) => ({
      autoScaling: tagged(time, byCheck, Infinity),
      isBusy: () => {
        at = time.timeline.now;
        return Promise.resolve(false);
      },
    }));

    assert.equal(at, 400);
    assert.deepEqual(chosen, [{ id: "i-0", standing: "idle" }]);
    assert.equal(lines.length, 1);
  });

  it("waits longer for a group where there is no callback to ask", async () => {
    let isAsked = false;
    await answered(scaleIn(1, 1), (time) => ({
      autoScaling: tagged(time, byCheck, 900),
      busyChecks: {
        sent: () => {
          isAsked = true;
          return time.after(Infinity, []);
        },
      },
    }));

    assert.equal(isAsked, true);
  });

  it("asks nobody where there is neither a document nor a callback", async () => {
    const { chosen, lines, took } = await answered(scaleIn(1, 2), (time) => ({
      autoScaling: tagged(time, "protect"),
    }));

    assert.deepEqual([chosen.length, lines.length, took], [1, 1, 0]);
  });
});
