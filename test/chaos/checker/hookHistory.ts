import { budgetOf, readInstructions, type Instructions } from "../../../contract";
import type { SimulationEvent, World } from "../../../simulator";

/** A hook of ours over a stretch of time. */
export interface HookThen {
  /** The instructions at the beginning, with the longest budget that they had until the end. */
  readonly instructions: Instructions;
  /** Whether the instructions could not be read for a while. */
  readonly isMalformed: boolean;
  /** The shortest timeout until the end, seconds. */
  readonly heartbeatTimeout: number;
}

interface Put {
  readonly at: number;
  readonly heartbeatTimeout: number;
  readonly metadata: string | undefined;
}

/** The settings of hooks over time: deployments and operators change hooks while instances wait. */
export class HookHistory {
  private readonly puts = new Map<string, Put[]>();

  constructor(world: World, events: readonly SimulationEvent[]) {
    for (const { hooks, name } of world.groups)
      for (const { heartbeatTimeout, name: hook, notificationMetadata: metadata } of hooks)
        this.puts.set(`${name} ${hook}`, [{ at: -Infinity, heartbeatTimeout, metadata }]);
    for (const one of events) if (one.kind === "hook") this.puts.get(`${one.group} ${one.hook}`)?.push(one);
  }

  /** Undefined for a hook that was never ours. */
  during(group: string, hook: string, from: number, to: number): HookThen | undefined {
    const puts = this.puts.get(`${group} ${hook}`) ?? [];
    const first = puts.findLastIndex(({ at }) => at <= from);
    const then = puts.filter(({ at }, index) => index >= first && at <= to);
    const readings = then.map(({ metadata }) => readInstructions(metadata));
    const isMalformed = readings.some(({ kind }) => kind !== "instructions");
    const all = [...puts, ...then].map(({ metadata }) => readInstructions(metadata));
    const read = (isMalformed ? all : readings).flatMap((one) =>
      one.kind === "instructions" ? [one.instructions] : [],
    );
    const [began] = read;
    if (began === undefined) return undefined;
    const longest = read.reduce((so, one) => (budgetOf(one) > budgetOf(so) ? one : so));
    const { delivery, execution, maxWait } = longest;
    return {
      instructions: { ...began, delivery, execution, maxWait },
      isMalformed,
      heartbeatTimeout: Math.min(...then.map(({ heartbeatTimeout }) => heartbeatTimeout)),
    };
  }
}
