import { withInstance } from "../changes";
import { second, type Fault } from "./fault";
import { spanOf, withIncident } from "./incident";

/** Faults of machines. Faults that put an instance beyond reach are rare, as P1 makes an exception for them. */
export const machines = {
  crash: {
    simulates: "the machine dies while the script runs",
    share: 1.5,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.5, (id) => ({
        kind: "crash",
        from: draw.number(`${id}/from`, 5, [1, 60]) * second,
      })),
  },
  "machine-stopped": {
    simulates: "somebody stops the machine in EC2 while the script runs",
    share: 1.2,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.5, (id) => ({
        kind: draw.pick(id, ["stop", "termination"]),
        from: draw.number(`${id}/from`, 5, [-60, 90]) * second,
      })),
  },
  reboot: {
    simulates: "the machine reboots while the script runs",
    share: 5,
    behaviour: (usual, draw) =>
      withIncident(usual, draw, 0.6, (id) =>
        spanOf("reboot", draw, id, { usual: [5, 40], from: [1, 60], length: [20, 50] }),
      ),
  },
  "untagged-instance": {
    simulates: "the instances lack the tag by which the function may send them commands",
    share: 0.4,
    refusals: ["SendCommand: AccessDeniedException", "CreateTags: UnauthorizedOperation"],
    behaviour: (usual, draw) =>
      withInstance(usual, (instance, id) => ({ ...instance, lacksTags: draw.strikes(id, 0.5) })),
  },
  "spot-interruption": {
    only: "terminate",
    simulates: "EC2 takes the instances back, two minutes after a warning",
    share: 1.5,
    behaviour: (usual, draw) =>
      withInstance(usual, (instance, id) =>
        draw.strikes(id, 0.5)
          ? { ...instance, interruptedAt: draw.number(`${id}/at`, 5, [1, 240]) * second }
          : instance,
      ),
  },
} as const satisfies Record<string, Fault>;
