import { changed, withHandling, withInstance } from "../changes";
import type { Handling } from "../behaviour";
import type { Draw } from "./draw";
import { minute, second, type Fault } from "./fault";
import { spanOf, withIncident } from "./incident";

/**
 * Faults of agents and of the commands for them. Faults that put an instance beyond reach are rare, as P1 makes an
 * exception for them.
 */
export const agents = {
  "agent-away": {
    simulates: "the SSM agent stops as the hook fires and never comes back",
    share: 1.5,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.5, (id) =>
        spanOf("agentAway", draw, id, { usual: [-1, Infinity], from: [-120, 30], length: [400, 4000] }),
      ),
  },
  "agent-restart": {
    simulates: "the SSM agent restarts while the script runs",
    share: 8,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.6, (id) =>
        spanOf("agentAway", draw, id, { usual: [5, 45], from: [-10, 60], length: [5, 70] }),
      ),
  },
  "slow-agent": {
    only: "launch",
    simulates: "the SSM agent takes two and a half minutes to come up on launch",
    share: 6,
    behaviour: (usual, draw) =>
      withInstance(usual, (instance, id) => ({
        ...instance,
        agentStart: draw.number(id, 150 * second, [20 * second, 150 * second]),
      })),
  },
  "no-agent": {
    simulates: "the SSM agent never comes up",
    share: 1.2,
    behaviour: (usual, draw) =>
      withInstance(usual, (instance, id) =>
        draw.strikes(id, 0.5) ? { ...instance, agentStart: Infinity } : instance,
      ),
  },
  "undelivered-command": {
    simulates: "SSM gives up the first command for each instance, whose agent it does not reach",
    share: 4,
    behaviour: (usual, draw) =>
      changed(usual, {
        undelivered: (delivery) =>
          delivery.earlier === 0 && draw.strikes(delivery.instance, 0.6)
            ? draw.pick(delivery.instance, ["Undeliverable", "Terminated", "AccessDenied"])
            : usual.undelivered(delivery),
      }),
  },
  "agent-fails-first": {
    simulates: "the SSM agent fails the first command for each instance, as it cannot start its worker",
    share: 5,
    behaviour: (usual, draw) =>
      withHandling(usual, (how, isFirst, id) =>
        isFirst && draw.strikes(id, 0.6) ? failing(how, draw, id) : how,
      ),
  },
  "agent-fails-second": {
    simulates: "the SSM agent fails the second command for each instance while the first runs",
    share: 5,
    behaviour: (usual, draw) =>
      changed(usual, {
        handling: (facts) =>
          facts.earlier === 1 && draw.strikes(facts.instance, 0.7)
            ? failing(usual.handling(facts), draw, facts.instance)
            : usual.handling(facts),
      }),
  },
  "busy-agent": {
    simulates: "the SSM agent is there, but takes no command for two minutes",
    share: 4,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.6, (id) =>
        spanOf("agentBusy", draw, id, { usual: [-1, 121], from: [-10, 40], length: [20, 150] }),
      ),
  },
  "long-busy-agent": {
    simulates: "the SSM agent is there, but takes no command for ten minutes",
    share: 0.6,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.5, (id) =>
        spanOf("agentBusy", draw, id, { usual: [-1, 601], from: [-10, 20], length: [300, 900] }),
      ),
  },
  "late-step": {
    simulates: "the SSM agent starts the script a minute after it has taken the command",
    share: 4,
    behaviour: (usual, draw) =>
      withHandling(usual, (how, isFirst, id) =>
        (isFirst || draw.mode === "rehearsal") && draw.strikes(id, 0.6)
          ? { ...how, startsAfter: draw.number(`${id}/by`, minute, [10 * second, 2 * minute]) }
          : how,
      ),
  },
  "lost-report": {
    simulates: "the end of the first script on each instance is never reported",
    share: 5,
    behaviour: (usual, draw) =>
      withHandling(usual, (how, isFirst, id) => ({
        ...how,
        isReported: how.isReported && !(isFirst && draw.strikes(id, 0.6)),
      })),
  },
  "cancelled-command": {
    simulates: "somebody cancels the first command for each instance while its script runs",
    share: 4,
    behaviour: (usual, draw) =>
      changed(usual, {
        cancelledAfter: ({ earlier, instance }) =>
          earlier === 0 && draw.strikes(instance, 0.6)
            ? draw.number(`${instance}/after`, 8 * second, [0, 30 * second])
            : undefined,
      }),
  },
} as const satisfies Record<string, Fault>;

/** A command fails with the agent's own code. */
function failing(how: Handling, draw: Draw, id: string): Handling {
  return { ...how, failsWith: draw.pick(id, [-1, 1]) };
}
