"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var import_strict = __toESM(require("node:assert/strict"));
var import_fast_check = __toESM(require("fast-check"));
var import_contract = require("../../contract");
var import_decide = require("../../handler/decide");
var import_timing = require("../../timing");
var import_course = require("../support/history/course");
var import_history = require("../support/history/history");
var import_situations = require("../support/history/situations");
const holds = (which, property) => import_fast_check.default.assert(
  import_fast_check.default.asyncProperty(which, async (history) => {
    const course = await import_course.Course.of(history);
    for (const wait of course.hook.waits) {
      const { end } = wait;
      import_strict.default.ok(end, "the wait has no end");
      property({ ...wait, end }, course, history);
    }
  }),
  // A failure is reported with the smallest history that was found in time.
  { numRuns: 400, interruptAfterTimeLimit: 15e3 }
);
describe("the handler, whatever befalls an instance, its events, its agent and the clocks", () => {
  it("completes a wait once at most", async () => {
    await holds(import_history.histories, ({ accepted }) => {
      import_strict.default.ok(accepted <= 1);
    });
  });
  it("decides itself, as long as sweeps come, and the hook's event or the agent is there at the beginning", async () => {
    await holds(import_history.orderly, ({ end }, _, { agent, hookEvents }) => {
      const isThere = agent.away.every(({ from }) => from > import_timing.startRecovery);
      const isTold = hookEvents.includes(0) && agent.away.every(({ refused }) => !refused);
      if (isThere || isTold) import_strict.default.equal(end.by, "completion");
    });
  });
  it("gives the script that it starts its whole budget, where the hook's timeout covers the total", async () => {
    await holds(import_history.rightClock, (wait, course) => {
      const { budget, heartbeatInterval } = course.hook.times;
      const [command, ...others] = course.commandsOf(wait).filter(({ sentAt }) => sentAt < wait.end.at);
      if (wait.end.by !== "default" || heartbeatInterval !== void 0 || others.length > 0) return;
      if (command) import_strict.default.ok(wait.end.at >= command.sentAt + budget * 1e3);
    });
  });
  it("leaves nothing to the default result, unless no sweep comes for two minutes or a third of the hook's timeout", async () => {
    await holds(import_history.rightClock, (wait, course, { agent }) => {
      if (wait.end.by !== "default" || agent.away.length > 0 || agent.dies < Infinity) return;
      import_strict.default.ok(course.longestGap(wait) >= (course.hook.times.heartbeatInterval ?? import_timing.completionRecovery));
    });
  });
  it("never completes a wait before the script has ended, unless the agent is out of reach", async () => {
    await holds(import_history.rightClock, (wait, course, { agent }) => {
      const { at, by } = wait.end;
      const elapsed = (at - wait.began) / 1e3;
      const isLost = agent.away.some(({ from, to }) => from <= elapsed && elapsed <= to + import_timing.startRecovery);
      if (by === "default" || isLost) return;
      const isVisible = ({ sentAt }) => sentAt + agent.listing * 1e3 + 1e4 < at;
      for (const { end, owner } of course.runsOf(wait)) import_strict.default.ok(end <= at || !isVisible(owner));
    });
  });
  it("takes no longer than an action may be seen to, and a last question that was just sent", async () => {
    await holds(import_history.orderly, ({ began, end }, course, { latencies, times, transition }) => {
      const { agentTimeout, budget } = course.hook.times;
      const asked = transition === "launch" ? Math.max(agentTimeout, budget) : agentTimeout;
      const longest = (times.maxWait ?? 0) + 2 * asked + budget;
      const question = budget + 2 * import_timing.sweepInterval;
      const answers = 10 * Math.max(...latencies) + 2;
      const took = (end.at - began) / 1e3;
      import_strict.default.ok(took <= longest + question + 4 * import_timing.sweepInterval + answers);
    });
  });
  it("completes a wait on the first sweep that can know that the latest command has succeeded", async () => {
    await holds(import_history.rightClock, (wait, course, { agent }) => {
      const commands = course.commandsOf(wait);
      const look = course.looks.find(({ from, to }) => {
        const latest = commands.findLast(({ sentAt }) => sentAt <= to);
        const isListed = latest !== void 0 && latest.sentAt + agent.listing * 1e3 <= from;
        return isListed && latest.status === "succeeded" && (latest.endedAt ?? Infinity) < from;
      });
      if (look) import_strict.default.ok(wait.end.at <= look.to);
    });
  });
  it("lets an instance go on whose latest command has succeeded, whatever became of those before", async () => {
    await holds(import_history.histories, (wait, course) => {
      const { at, by, result } = wait.end;
      const latest = course.commandsOf(wait).findLast(({ sentAt }) => sentAt <= at);
      const isKnown = latest?.status === "succeeded" && (latest.endedAt ?? Infinity) + 3e4 < at;
      if (isKnown && by === "completion") import_strict.default.equal(result, "CONTINUE");
    });
  });
  it("takes no failure for a success", async () => {
    await holds(import_history.histories, (wait, course, { agent, cause, onFailure }) => {
      const isFirst = wait.token === course.hook.waits[0]?.token;
      const isGone = agent.dies * 1e3 <= wait.end.at;
      if (wait.end.result === "ABANDON" || onFailure === "continue" || isGone) return;
      if (cause !== "scaleIn" || !isFirst) return;
      import_strict.default.ok(course.runsOf(wait).some(({ end, succeeds }) => succeeds && end <= wait.end.at));
    });
  });
  it("runs the script once in a wait at most, where SSM hears of every run and the budget outlasts a late event", async () => {
    await holds(import_history.rightClock, (wait, course, { agent }) => {
      if (agent.away.length > 0 || course.hook.times.budget < 120) return;
      import_strict.default.ok(course.runsOf(wait).length <= 1);
    });
  });
  it("sends no heartbeat once the agent is not asked any more, and none where the hook's timeout covers the total", async () => {
    await holds(import_history.rightClock, (wait, course, { transition }) => {
      const { agentTimeout, budget, heartbeatInterval } = course.hook.times;
      const asked = transition === "launch" ? Math.max(agentTimeout, budget) : agentTimeout;
      for (const { at, decision } of course.lines) {
        if (decision !== "heartbeat" || at < wait.began || at > wait.end.at) continue;
        import_strict.default.ok(heartbeatInterval !== void 0);
        const latest = course.commandsOf(wait).findLast(({ sentAt }) => sentAt <= at);
        import_strict.default.ok(at <= (latest?.sentAt ?? wait.began) + (budget + asked + 20) * 1e3);
      }
    });
  });
  it("lets go what it has retained when it is terminated again, if a command to it has failed", async () => {
    await holds(import_history.rightClock, (wait, course) => {
      const [first, second] = course.hook.waits;
      if (!first || !second || second.token !== wait.token || wait.end.by === "default") return;
      const isKnown = course.commandsOf(first).some(({ status }) => status !== "succeeded");
      if (isKnown) import_strict.default.equal(wait.end.result, "CONTINUE");
    });
  });
  it("never retains what never served", async () => {
    await holds(import_history.histories, ({ end }, _, { cause, onFailure }) => {
      if (cause === "launchFailure" && onFailure === "retain" && end.by === "completion")
        import_strict.default.equal(end.result, "CONTINUE");
    });
  });
});
describe("decide, whatever it is given", () => {
  const always = (property) => {
    import_fast_check.default.assert(import_fast_check.default.property(import_situations.situations, property), { numRuns: 2e3 });
  };
  it("says the same of the same situation, and changes nothing in it", () => {
    always((situation) => {
      const before = structuredClone(situation);
      import_strict.default.deepEqual((0, import_decide.decide)(situation), (0, import_decide.decide)(before));
      import_strict.default.deepEqual(situation, before);
    });
  });
  it("lets go a waiting instance whose script has succeeded, once it knows that no other may run", () => {
    always((situation) => {
      const { activity, commands, waiting } = situation;
      const latest = commands.at(-1);
      if (!waiting || latest?.status !== "succeeded" || !activity) return;
      if (latest.requestedAt < activity.startedAt) return;
      if (commands.some(({ status }) => status === "running" || status === "pending")) return;
      const decision = (0, import_decide.decide)(situation);
      import_strict.default.ok(decision.kind === "complete" && decision.result === "CONTINUE");
    });
  });
  it("neither retains an instance that never served nor holds it when SSM refuses it", () => {
    always((situation) => {
      const { activity, commands, instructions, refusal, transition, waiting } = situation;
      if (!waiting || transition !== "terminate" || !activity?.cause.includes("launch failure")) return;
      const decision = (0, import_decide.decide)(situation);
      const isRefused = refusal !== void 0 && commands.length === 0 && situation.isHealthy;
      if (isRefused) import_strict.default.equal(decision.kind, "complete");
      if (decision.kind === "complete" && (isRefused || instructions.onFailure === "retain"))
        import_strict.default.equal(decision.result, "CONTINUE");
    });
  });
  it("leaves no command open that it replaces or gives up", () => {
    always((situation) => {
      const decision = (0, import_decide.decide)(situation);
      const latest = situation.commands.at(-1);
      if (decision.kind === "run" && latest?.status === "pending") {
        const isOfThisAction = latest.requestedAt >= (situation.activity?.startedAt ?? 0);
        import_strict.default.equal(decision.replaces, isOfThisAction ? latest.id : void 0);
      }
      if (decision.kind === "complete" && decision.outcome === "overran") import_strict.default.ok(decision.cancels);
    });
  });
  it("sends one heartbeat at most in each third of the hook's timeout, and none after the budget", () => {
    const looks = import_fast_check.default.array(import_fast_check.default.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 100 });
    import_fast_check.default.assert(
      import_fast_check.default.property(import_situations.situations, looks, (situation, pauses) => {
        const [command] = situation.commands;
        if (command === void 0) return;
        const commands = [{ ...command, status: "running" }];
        const usual = { isHealthy: true, refusal: void 0, repeats: false, waiting: true };
        const running = { ...situation, ...usual, activity: void 0, commands };
        const third = Math.floor(situation.heartbeatTimeout / 3) * 1e3;
        const slots = [];
        let now = command.requestedAt;
        for (const pause of pauses) {
          const previousLook = now;
          now += pause * 1e3;
          if ((0, import_decide.decide)({ ...running, now, previousLook }).kind !== "heartbeat") continue;
          slots.push(Math.floor((now - command.requestedAt) / third));
          import_strict.default.ok(now - command.requestedAt <= (0, import_contract.budgetOf)(situation.instructions) * 1e3);
        }
        import_strict.default.deepEqual(slots, [...new Set(slots)]);
      })
    );
  });
});
