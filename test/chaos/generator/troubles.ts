import {
  changed,
  deniedByOrganisation,
  withCallErrors,
  withHandling,
  withInstance,
  type Chance,
} from "../../../simulator";
import { minute, mishap, second, spanOf, type Disturbance } from "./disturbance";

/**
 * What befalls machines, their agents and the commands for them. What puts an instance beyond reach is rare, as P1 makes an
 * exception for it.
 */
export const troubles = {
  "agents that restart": {
    share: 8,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.6, (id) => spanOf("agentAway", chance, id, -10, 60, 5, 70)),
  },
  "agents that leave": {
    share: 1.5,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.5, (id) => spanOf("agentAway", chance, id, -120, 30, 400, 4000)),
  },
  "late agents": {
    share: 6,
    conduct: (usual, chance) =>
      withInstance(usual, (instance, id) => ({
        ...instance,
        agentStart: chance.between(`lateAgent/${id}`, 20 * second, 150 * second),
      })),
  },
  "agents that never come": {
    share: 1.2,
    conduct: (usual, chance) =>
      withInstance(usual, (instance, id) =>
        chance.happens(`noAgent/${id}`, 0.5) ? { ...instance, agentStart: Infinity } : instance,
      ),
  },
  reboots: {
    share: 5,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.6, (id) => spanOf("reboot", chance, id, 1, 60, 20, 50)),
  },
  crashes: {
    share: 1.5,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.5, (id) => ({
        kind: "crash",
        from: chance.between(`crash/${id}`, 1, 60) * second,
      })),
  },
  "commands that SSM gives up": {
    share: 4,
    conduct: (usual, chance) =>
      changed(usual, {
        undelivered: ({ earlier, instance }) =>
          earlier === 0 && chance.happens(`undelivered/${instance}`, 0.6)
            ? chance.pick(`undelivered/${instance}/details`, ["Undeliverable", "Terminated", "AccessDenied"])
            : undefined,
      }),
  },
  "busy agents": {
    share: 4,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.6, (id) => spanOf("agentBusy", chance, id, -10, 40, 20, 150)),
  },
  "agents that are busy for long": {
    share: 0.6,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.5, (id) => spanOf("agentBusy", chance, id, -10, 20, 300, 900)),
  },
  "agents that cannot start their worker at first": {
    share: 5,
    conduct: (usual, chance) =>
      withHandling(usual, (how, isFirst, id) =>
        isFirst && chance.happens(`noWorker/${id}`, 0.6) ? failing(how, chance, id) : how,
      ),
  },
  "agents that fail a second command": {
    share: 5,
    conduct: (usual, chance) =>
      changed(usual, {
        handling: (facts) =>
          facts.earlier === 1 && chance.happens(`second/${facts.instance}`, 0.7)
            ? failing(usual.handling(facts), chance, facts.instance)
            : usual.handling(facts),
      }),
  },
  "reports that never come": {
    share: 5,
    conduct: (usual, chance) =>
      withHandling(usual, (how, isFirst, id) => ({
        ...how,
        isReported: how.isReported && !(isFirst && chance.happens(`noReport/${id}`, 0.6)),
      })),
  },
  "steps that start late": {
    share: 4,
    conduct: (usual, chance) =>
      withHandling(usual, (how, isFirst, id) =>
        isFirst && chance.happens(`late/${id}`, 0.6)
          ? { ...how, startsAfter: chance.between(`late/${id}/by`, 10, 120) * second }
          : how,
      ),
  },
  "commands that somebody cancels": {
    share: 4,
    conduct: (usual, chance) =>
      changed(usual, {
        cancelledAfter: ({ earlier, instance }) =>
          earlier === 0 && chance.happens(`cancelled/${instance}`, 0.6)
            ? chance.between(`cancelled/${instance}/after`, 0, 30) * second
            : undefined,
      }),
  },
  "machines that somebody stops or terminates": {
    share: 1.2,
    conduct: (usual, chance) =>
      mishap(usual, chance, 0.5, (id) => ({
        kind: chance.pick(`gone/${id}/how`, ["stop", "termination"]),
        from: chance.between(`gone/${id}`, -60, 90) * second,
      })),
  },
  "instances without tags": {
    share: 0.4,
    refusals: ["SendCommand: AccessDeniedException"],
    conduct: (usual, chance) =>
      withInstance(usual, (instance, id) => ({
        ...instance,
        lacksTags: chance.happens(`untagged/${id}`, 0.5),
      })),
  },
  "commands that an organisation denies": {
    share: 0.4,
    refusals: ["SendCommand: AccessDeniedException"],
    conduct: (usual, chance) =>
      withCallErrors(usual, ({ action, instances }) => {
        const denied = instances.filter((id) => chance.happens(`denied/${id}`, 0.5));
        return action === "SendCommand" && denied.length > 0 ? deniedByOrganisation(denied) : undefined;
      }),
  },
  "documents that are gone": {
    share: 0.3,
    refusals: ["SendCommand: InvalidDocument"],
    meanwhile: ({ runCommand: { documents }, stage: { chance, clock } }) => {
      clock.after(chance.between("documents/gone", 0, 5 * minute), () => {
        documents.clear();
      });
    },
  },
  "refusals without a name": {
    share: 5,
    conduct: (usual) => changed(usual, { namesRefused: () => false }),
  },
} as const satisfies Record<string, Disturbance>;

/** A command fails with the agent's own code. */
function failing<How>(how: How, chance: Chance, id: string): How & { readonly failsWith: number } {
  return { ...how, failsWith: chance.pick(`failsWith/${id}`, [-1, 1]) };
}
