import type { WarmPoolArgs } from "../../../components";
import { LaunchScript, PoolState } from "../../../contract";
import type { Random } from "../../../simulator";

/** A pool that is small: each of its instances passes our hooks two or three times. */
export function drawWarmPool(random: Random, name: string): WarmPoolArgs {
  return {
    minSize: random.pick(`${name}/poolSize`, [0, 0, 1]),
    maxGroupPreparedCapacity: random.pick(`${name}/prepared`, [1, 2, 2, 3]),
    poolState: random.pick(`${name}/poolState`, [
      PoolState.Stopped,
      PoolState.Stopped,
      PoolState.Running,
      PoolState.Hibernated,
    ]),
    reuseOnScaleIn: random.happens(`${name}/reuse`, 0.6),
    launchScript: random.pick(`${name}/launchScript`, [
      LaunchScript.Always,
      LaunchScript.Always,
      LaunchScript.WhenServing,
    ]),
  };
}
