import { encodeInstructions, type ReplaceOn, type Transition } from "../../../contract";
import type { Capacity } from "../../../handler/aws/capacity";
import type { Group } from "../../../handler/aws/autoScaling";
import { createMemory } from "../../../handler/memory";
import { closeMark } from "../../../handler/replace/mark";
import { handlerContext } from "../../support/handlerContext";
import { PassingTime } from "../../support/passingTime";
import { ids, instructionsFor } from "../../support/payloads";
import { recordedLog } from "../../support/recordedLog";

/** When replacements of tests take place, ms since 1970. */
export const now = Date.UTC(2026, 0, 1);

/** A group whose instances are all in service, and which can spare one. */
export function groupOf(
  name: string,
  instances: readonly string[],
  capacity: Partial<Capacity> = {},
): Group & { readonly capacity: Capacity } {
  return {
    name,
    instances: instances.map((id) => ({
      id,
      lifecycleState: "InService",
      isHealthy: true,
      isProtected: false,
    })),
    hasUnreadPool: false,
    repeats: false,
    busy: undefined,
    revisions: [],
    capacity: {
      desired: instances.length,
      inService: instances.length,
      suspended: [],
      rebalances: false,
      ...capacity,
    },
  };
}

/** The state of AWS. */
interface Known {
  readonly replaceOn?: readonly ReplaceOn[];
  readonly groups?: readonly Group[];
  /** The transitions of the groups' hooks. */
  readonly hooks?: readonly Transition[];
  /** Dates of retirements, by instance. */
  readonly retirements?: Readonly<Record<string, number>>;
  /** The values of tags that mark instances; `markOf` makes them. */
  readonly marks?: Readonly<Record<string, string>>;
  /** Instances that are on their way already. */
  readonly leaving?: readonly string[];
  /** What a call fails with, by call and subject. */
  readonly fails?: Readonly<Record<string, Error>>;
}

/** A fake AWS with this state, the calls that it got, and what the handler logged. */
export function replaceWorld(known: Known) {
  const { lines, log } = recordedLog();
  const clock = new PassingTime(now);
  const calls: string[] = [];
  const said = <T>(call: string, answer: T): Promise<T> => {
    calls.push(call);
    const error = known.fails?.[call];
    return error === undefined ? Promise.resolve(answer) : Promise.reject(error);
  };
  const context = {
    ...handlerContext({
      log,
      memory: createMemory(),
      replaceOn: new Set(known.replaceOn ?? ["retirement", "rebalance"]),
      autoScaling: {
        groups: (handler) => said(`groups of ${handler}`, [...(known.groups ?? [])]),
        hooks: (group) => said(`hooks of ${group}`, (known.hooks ?? ["launch", "terminate"]).map(hookOf)),
        replace: (instance) => said(`replace ${instance}`, !known.leaving?.includes(instance)),
      },
      ec2: {
        retirements: () => said("retirements", new Map(Object.entries(known.retirements ?? {}))),
        marks: () => said("marks", new Map(Object.entries(known.marks ?? {}))),
        mark: (instance, value) => said(`mark ${instance} ${value}`, undefined),
      },
    }),
    clock,
  };
  return { calls, clock, context, lines };
}

/** What the handler marks an instance with. */
export function markOf(group: string, instance: string, at: number = now): string {
  return closeMark(handlerContext({ now: () => at }), group, instance);
}

function hookOf(transition: Transition) {
  return {
    name: `graceful-${transition}-sns`,
    lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition === "launch" ? "LAUNCHING" : "TERMINATING"}`,
    heartbeatTimeout: 450,
    metadata: encodeInstructions(instructionsFor(transition, { handler: ids.handler })),
  };
}
