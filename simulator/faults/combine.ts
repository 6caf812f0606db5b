import type { Box } from "../box";
import { Chance } from "../chance";
import type { Conduct } from "../conduct";
import type { World } from "../world";
import { Draw, type Mode } from "./draw";
import { faults, type FaultName } from "./registry";

/** Several faults in one. */
export interface Combination {
  world(usual: World): World;
  conduct(usual: Conduct): Conduct;
  meanwhile(box: Box): void;
  /** Errors that AWS answers by right and for good. */
  readonly refusals: ReadonlySet<string>;
}

/** Faults one after the other: each changes what the others have left. */
export function combine(names: readonly FaultName[], mode: Mode, seed: string): Combination {
  const chance = new Chance(seed);
  const drawn = names.map((name) => ({ fault: faults[name], draw: new Draw(mode, name, chance) }));
  return {
    world: (usual) => drawn.reduce((so, { draw, fault }) => fault.world?.(so, draw) ?? so, usual),
    conduct: (usual) => drawn.reduce((so, { draw, fault }) => fault.conduct?.(so, draw) ?? so, usual),
    meanwhile: (box) => {
      for (const { draw, fault } of drawn) fault.meanwhile?.(box, draw);
    },
    refusals: new Set(drawn.flatMap(({ fault }) => fault.refusals ?? [])),
  };
}
