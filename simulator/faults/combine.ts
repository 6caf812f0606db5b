import type { Simulator } from "../simulator";
import { Random } from "../random";
import type { Behaviour } from "../behaviour";
import type { World } from "../world";
import { Draw, type Mode } from "./draw";
import { faults, type FaultName } from "./registry";

/** Several faults in one. */
export interface Combination {
  world(usual: World): World;
  behaviour(usual: Behaviour): Behaviour;
  meanwhile(simulator: Simulator): void;
  /** Errors that AWS answers rightly and for good. */
  readonly refusals: ReadonlySet<string>;
}

/** Combines faults one after the other: each fault changes the result of the faults before it. */
export function combine(names: readonly FaultName[], mode: Mode, seed: string): Combination {
  const random = new Random(seed);
  const drawn = names.map((name) => ({ fault: faults[name], draw: new Draw(mode, name, random) }));
  return {
    world: (usual) => drawn.reduce((so, { draw, fault }) => fault.world?.(so, draw) ?? so, usual),
    behaviour: (usual) => drawn.reduce((so, { draw, fault }) => fault.behaviour?.(so, draw) ?? so, usual),
    meanwhile: (simulator) => {
      for (const { draw, fault } of drawn) fault.meanwhile?.(simulator, draw);
    },
    refusals: new Set(drawn.flatMap(({ fault }) => fault.refusals ?? [])),
  };
}
