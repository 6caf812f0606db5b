import type { Instance } from "../autoScaling/model";
import { withInstance } from "../changes";
import type { Simulator } from "../simulator";
import type { Draw } from "./draw";
import { minute, second, type Fault } from "./fault";

/** AWS announces that it is going to end machines, or is likely to. */
export const announcements = {
  retirement: {
    only: "terminate",
    simulates: "AWS announces the retirement of the instances, and stops their machines six hours later",
    share: 3,
    meanwhile: (simulator, draw) => {
      atSome(simulator, draw, (instances, id) => {
        simulator.ec2.retire(instances, {
          after: draw.number(`${id}/date`, 360, [20, 240]) * minute,
          isTold: draw.strikes(`${id}/told`, 0.6),
        });
      });
    },
  },
  rebalance: {
    only: "terminate",
    simulates: "EC2 recommends to rebalance the instances, and takes them back half an hour later",
    share: 3,
    // In chaos the interruption is a fault of its own, with and without a recommendation before it.
    behaviour: (usual, draw) =>
      draw.mode === "chaos"
        ? usual
        : withInstance(usual, (instance) => ({ ...instance, interruptedAt: 30 * minute })),
    meanwhile: (simulator, draw) => {
      atSome(simulator, draw, (instances) => {
        for (const instance of instances) simulator.ec2.recommendRebalance(instance);
      });
    },
  },
  "false-announcement": {
    only: "terminate",
    simulates: "an event announces retirements of which EC2 knows nothing",
    share: 3,
    meanwhile: (simulator, draw) => {
      atSome(simulator, draw, (instances) => {
        simulator.bus.put(simulator.ec2.healthEvent(instances, simulator.context.clock.now() + minute));
        for (const { id } of instances) simulator.bus.put(forgedRecommendation(id));
      });
    },
  },
} as const satisfies Record<string, Fault>;

/** Instances in service of each group: in a rehearsal all after a second, in chaos some at any time, now and then twice. */
function atSome(
  simulator: Simulator,
  draw: Draw,
  act: (instances: readonly Instance[], id: string) => void,
): void {
  for (const group of simulator.autoScaling.groups.values()) {
    const { name } = group.settings;
    const times = draw.mode === "chaos" && draw.strikes(`${name}/twice`, 0.3) ? 2 : 1;
    for (let time = 1; time <= times; time += 1) {
      const id = `${name}/${time}`;
      simulator.context.clock.after(draw.number(`${id}/at`, 1, [1, 200]) * second, () => {
        const chosen = [...group.instances.values()].filter(
          (one) => one.state === "InService" && draw.strikes(`${id}/${one.id}`, 0.6),
        );
        for (const one of chosen)
          one.isProtected ||= draw.mode === "chaos" && draw.strikes(`${id}/${one.id}/protected`, 0.15);
        if (chosen.length > 0) act(chosen, id);
      });
    }
  }
}

/** A recommendation from somebody who may put events on the bus, but cannot name a source of AWS. */
function forgedRecommendation(instance: string) {
  return {
    source: "custom.ec2",
    detailType: "EC2 Instance Rebalance Recommendation",
    resources: [],
    detail: { "instance-id": instance },
    instance,
  };
}
