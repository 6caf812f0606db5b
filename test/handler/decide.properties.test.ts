import assert from "node:assert/strict";
import fc from "fast-check";
import { budgetOf } from "../../contract";
import { decide, intervalOf, isGood } from "../../handler/decide";
import type { FoundAction } from "../../handler/situation";
import { completionRecovery, globalTimeout, listingLag, startRecovery, sweepInterval } from "../../timing";
import { Course } from "../support/history/course";
import { histories, orderly, rightClock, type History } from "../support/history/history";
import type { Wait } from "../support/history/hook";
import type { SentCommand } from "../support/history/machine";
import { situations } from "../support/history/situations";

/** Plays histories and looks at each of their waits. */
const holds = (
  which: fc.Arbitrary<History>,
  property: (
    wait: Wait & { readonly end: NonNullable<Wait["end"]> },
    course: Course,
    history: History,
  ) => void,
) =>
  fc.assert(
    fc.asyncProperty(which, async (history) => {
      const course = await Course.of(history);
      for (const wait of course.hook.waits) {
        const { end } = wait;
        assert.ok(end, "the wait has no end");
        property({ ...wait, end }, course, history);
      }
    }),
    // A failure is reported with the smallest history that was found in time.
    { numRuns: 400, interruptAfterTimeLimit: 15_000 },
  );

describe("the handler, whatever happens to an instance, its events, its agent and the clocks", () => {
  it("completes a wait at most once", async () => {
    await holds(histories, ({ accepted }) => {
      assert.ok(accepted <= 1);
    });
  });

  it("decides itself, as long as sweeps come, and the hook's event or the agent is there at the beginning", async () => {
    await holds(orderly, ({ end }, _, { agent, hookEvents }) => {
      const isThere = agent.away.every(({ from }) => from > startRecovery);
      const isTold = hookEvents.includes(0) && agent.away.every(({ refused }) => !refused);
      if (isThere || isTold) assert.equal(end.by, "completion");
    });
  });

  it("gives the script that it starts its whole budget, where the hook's timeout covers the total", async () => {
    await holds(rightClock, (wait, course) => {
      const { budget, heartbeatInterval } = course.hook.times;
      const [command, ...others] = course.commandsOf(wait).filter(({ sentAt }) => sentAt < wait.end.at);
      if (wait.end.by !== "default" || heartbeatInterval !== undefined || others.length > 0) return;
      if (command) assert.ok(wait.end.at >= command.sentAt + budget * 1000);
    });
  });

  it("leaves no wait to the default result, unless no sweep comes for two minutes or a third of the hook's timeout", async () => {
    await holds(rightClock, (wait, course, { agent }) => {
      if (wait.end.by !== "default" || agent.away.length > 0 || agent.dies < Infinity) return;
      assert.ok(course.longestGap(wait) >= (course.hook.times.heartbeatInterval ?? completionRecovery));
    });
  });

  it("never completes a wait before the script has ended, unless the agent is out of reach", async () => {
    await holds(rightClock, (wait, course, { agent }) => {
      const { at, by } = wait.end;
      const elapsed = (at - wait.began) / 1000;
      const isLost = agent.away.some(({ from, to }) => from <= elapsed && elapsed <= to + startRecovery);
      if (by === "default" || isLost) return;
      // A command that lists do not show yet may have been sent by another invocation a moment ago.
      const isVisible = ({ sentAt }: SentCommand) => sentAt + agent.listing * 1000 + 10_000 < at;
      for (const { end, owner } of course.runsOf(wait)) assert.ok(end <= at || !isVisible(owner));
    });
  });

  it("takes no longer than the longest action, or than the hold of an operator, and a last command that was just sent", async () => {
    await holds(orderly, ({ began, end }, course, { hold, latencies, times, transition }) => {
      const { agentTimeout, budget } = course.hook.times;
      const asked = transition === "launch" ? Math.max(agentTimeout, budget) : agentTimeout;
      const longest = (times.maxWait ?? 0) + 2 * asked + budget;
      const question = budget + 2 * sweepInterval;
      const answers = 10 * Math.max(...latencies) + 2;
      const took = (end.at - began) / 1000;
      const held = hold?.to ?? 0;
      assert.ok(took <= Math.max(held, longest + question) + 4 * sweepInterval + answers);
    });
  });

  it("completes a wait on the first sweep that can know that the latest command has succeeded", async () => {
    await holds(rightClock, (wait, course, { agent }) => {
      const commands = course.commandsOf(wait);
      const look = course.looks.find(({ from, to }) => {
        const latest = commands.findLast(({ sentAt }) => sentAt <= to);
        const isListed = latest !== undefined && latest.sentAt + agent.listing * 1000 <= from;
        return isListed && latest.status === "succeeded" && (latest.endedAt ?? Infinity) < from;
      });
      if (look) assert.ok(wait.end.at <= look.to);
    });
  });

  it("completes the action of an instance whose latest command has succeeded, whatever the earlier commands did", async () => {
    await holds(histories, (wait, course, { agent }) => {
      const { at, by, result } = wait.end;
      const latest = course.commandsOf(wait).findLast(({ sentAt }) => sentAt <= at);
      const isKnown = latest?.status === "succeeded" && (latest.endedAt ?? Infinity) + 30_000 < at;
      // A machine that is gone by then does not go into service.
      const isGone = agent.dies * 1000 <= at;
      if (isKnown && !isGone && by === "completion") assert.equal(result, "CONTINUE");
    });
  });

  it("applies no failure policy while an operator holds the instance", async () => {
    await holds(orderly, (wait, course, { hold }) => {
      if (hold === undefined) return;
      // An invocation that has read the tags before the hold began may complete the action after that.
      const from = wait.began + hold.from * 1000 + 60_000;
      const to = Math.min(wait.end.at, wait.began + hold.to * 1000 - 1);
      for (const { at, outcome } of course.lines) {
        if (at >= from && at <= to) assert.ok(!["failed", "overran", "unreachable"].includes(outcome ?? ""));
      }
    });
  });

  it("takes no failure for a success", async () => {
    await holds(histories, (wait, course, { agent, cause, onFailure }) => {
      const isFirst = wait.token === course.hook.waits[0]?.token;
      // A machine that is gone cannot be inspected or abandoned any more.
      const isGone = agent.dies * 1000 <= wait.end.at;
      if (wait.end.result === "ABANDON" || onFailure === "continue" || isGone) return;
      if (cause !== "scaleIn" || !isFirst) return;
      assert.ok(course.runsOf(wait).some(({ end, succeeds }) => succeeds && end <= wait.end.at));
    });
  });

  it("runs the script at most once in a wait, where the agent is never away and the budget outlasts a late event", async () => {
    await holds(rightClock, (wait, course, { agent }) => {
      if (agent.away.length > 0 || course.hook.times.budget < 120) return;
      assert.ok(course.runsOf(wait).length <= 1);
    });
  });

  it("sends no heartbeat but under a hold once the agent is not asked any more, and none within the budget where the hook's timeout covers the total", async () => {
    await holds(rightClock, (wait, course, { deregistrationDelay, transition }) => {
      const { agentTimeout, budget, heartbeatInterval } = course.hook.times;
      // The handler may have to count from the activity, which began before the wait. Its clock is 10 s ahead at most.
      const sure = budget + Math.min(0, agentTimeout - deregistrationDelay) - 10;
      const asked = transition === "launch" ? Math.max(agentTimeout, budget) : agentTimeout;
      for (const { at, code, decision } of course.lines) {
        if (decision !== "heartbeat" || code === "held" || at < wait.began || at > wait.end.at) continue;
        assert.ok(heartbeatInterval !== undefined || at >= wait.began + sure * 1000);
        const latest = course.commandsOf(wait).findLast(({ sentAt }) => sentAt <= at);
        assert.ok(at <= (latest?.sentAt ?? wait.began) + (budget + asked + 20) * 1000);
      }
    });
  });

  it("continues for a retained instance that is terminated again, if a command to it has failed", async () => {
    await holds(rightClock, (wait, course) => {
      const [first, second] = course.hook.waits;
      if (!first || !second || second.token !== wait.token || wait.end.by === "default") return;
      const isKnown = course.commandsOf(first).some(({ status }) => status !== "succeeded");
      if (isKnown) assert.equal(wait.end.result, "CONTINUE");
    });
  });

  it("never retains an instance that never served", async () => {
    await holds(histories, ({ end }, _, { cause, onFailure }) => {
      if (cause === "launchFailure" && onFailure === "retain" && end.by === "completion")
        assert.equal(end.result, "CONTINUE");
    });
  });
});

describe("decide, in any situation", () => {
  const always = (property: (situation: FoundAction) => void) => {
    fc.assert(fc.property(situations, property), { numRuns: 2000 });
  };

  it("returns the same decision each time, and does not change the situation", () => {
    always((situation) => {
      const before = structuredClone(situation);

      assert.deepEqual(decide(situation), decide(before));
      assert.deepEqual(situation, before);
    });
  });

  it("continues for an instance whose script has succeeded, once no other command may be running", () => {
    always((situation) => {
      const { activity, commands } = situation;
      const latest = commands.at(-1);
      if (latest?.status !== "succeeded" || !activity) return;
      if (latest.requestedAt < activity.startedAt) return;
      if (commands.some(({ status }) => status === "running" || status === "pending")) return;
      const decision = decide(situation);
      assert.ok(decision.kind === "complete" && decision.result === "CONTINUE");
    });
  });

  it("neither retains an instance that never served nor holds it when SSM refuses it", () => {
    always((situation) => {
      const { activity, commands, instructions, refusal, transition } = situation;
      if (transition !== "terminate" || !activity?.cause.includes("launch failure")) return;
      const decision = decide(situation);
      const isRefused = refusal !== undefined && commands.length === 0 && situation.isHealthy;
      if (isRefused) assert.equal(decision.kind, "complete");
      if (decision.kind === "complete" && (isRefused || instructions.onFailure === "retain"))
        assert.equal(decision.result, "CONTINUE");
    });
  });

  it("gives up on no instance that an operator holds, before the hook's global timeout comes near", () => {
    always((situation) => {
      const { activity, heartbeatTimeout, hold, now, since } = situation;
      const decision = decide(situation);
      if (hold?.kind !== "until" || now >= hold.until) return;
      const last = (since ?? activity?.startedAt ?? now) + globalTimeout(heartbeatTimeout) * 1000 - 180_000;
      if (now < last && decision.kind === "complete") assert.ok(isGood(decision.outcome));
    });
  });

  it("keeps the hook of a held instance open with a third of its timeout to spare", () => {
    always((situation) => {
      const { activity, extendedAt = 0, heartbeatTimeout, now, since } = situation;
      const decision = decide(situation);
      if (decision.reason.code !== "held") return;
      const from = Math.max(since ?? activity?.startedAt ?? -Infinity, extendedAt);
      if (now - from > (heartbeatTimeout * 1000 * 2) / 3) assert.equal(decision.kind, "heartbeat");
    });
  });

  it("leaves no command open that it replaces or gives up", () => {
    always((situation) => {
      const decision = decide(situation);
      const latest = situation.commands.at(-1);
      if (decision.kind === "run" && latest?.status === "pending") {
        const isOfThisAction = latest.requestedAt >= (situation.activity?.startedAt ?? 0);
        assert.equal(decision.replaces, isOfThisAction ? latest.id : undefined);
      }
      if (decision.kind === "complete" && decision.outcome === "overran") assert.ok(decision.cancels);
    });
  });

  describe("with a command that runs", () => {
    const looks = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 100 });

    /**
     * When heartbeats are sent while the first command goes on running, ms after it was sent. Slots hold from one
     * environment to the next; where the hook's timeout covers the total there are none, and an environment goes by
     * the heartbeat that it remembers.
     */
    const heartbeatsOf = (situation: FoundAction, pauses: readonly number[]): number[] => {
      const [command] = situation.commands;
      if (command === undefined) return [];
      const commands = [{ ...command, status: "running" as const }];
      const usual = { isHealthy: true, refusal: undefined, repeats: false };
      const running = { ...situation, ...usual, activity: undefined, commands };
      const hasSlots = intervalOf(running) !== undefined;
      const found: number[] = [];
      let now = command.requestedAt;
      let { extendedAt } = running;
      for (const pause of pauses) {
        const previousLook = now;
        now += pause * 1000;
        const { kind } = decide({ ...running, now, previousLook, extendedAt });
        if (kind !== "heartbeat") continue;
        found.push(now - command.requestedAt);
        if (!hasSlots) extendedAt = now;
      }
      return found;
    };
    const areInSlotsOfTheirOwn = (heartbeats: readonly number[], { heartbeatTimeout }: FoundAction) => {
      const third = Math.floor(heartbeatTimeout / 3) * 1000;
      return new Set(heartbeats.map((after) => Math.floor(after / third))).size === heartbeats.length;
    };
    /** How long after the budget the agent may report, ms. */
    const reportingGrace = 15_000;
    /** Seconds. With a longer budget a command that falls silent got through; with a shorter budget we ask on. */
    const shortBudget = 45;

    it("sends at most one heartbeat in each third of the hook's timeout, and none once the agent should have reported", () => {
      fc.assert(
        fc.property(situations, looks, (situation, pauses) => {
          const budget = budgetOf(situation.instructions);
          fc.pre(budget > shortBudget);
          const heartbeats = heartbeatsOf(situation, pauses);
          for (const after of heartbeats) assert.ok(after <= budget * 1000 + reportingGrace);
          assert.ok(areInSlotsOfTheirOwn(heartbeats, situation));
        }),
        { numRuns: 5000 },
      );
    });

    it("sends no heartbeat once the agent is asked no more and every command is listed, where the budget is short", () => {
      const executions = fc.integer({ min: 1, max: shortBudget - 30 });
      fc.assert(
        fc.property(situations, executions, looks, (situation, execution, pauses) => {
          const instructions = { ...situation.instructions, delivery: 30, execution };
          const short = { ...situation, instructions, since: undefined };
          const heartbeats = heartbeatsOf(short, pauses);
          for (const after of heartbeats) assert.ok(after <= (instructions.agentTimeout + listingLag) * 1000);
          assert.ok(areInSlotsOfTheirOwn(heartbeats, short));
        }),
      );
    });
  });
});
