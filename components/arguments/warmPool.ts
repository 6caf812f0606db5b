import type * as pulumi from "@pulumi/pulumi";
import type { LaunchScript, PoolState } from "../../contract";

/** Instances beside the group that are launched beforehand, for a faster scale-out. */
export interface WarmPoolArgs {
  /** Least number of instances in the pool, 0 or more. Defaults to 0. */
  minSize?: pulumi.Input<number>;
  /**
   * Most instances in the pool and in the group together, 0 or more, or -1 for `maxSize`. Auto Scaling keeps the pool at
   * this number less the group's desired capacity. Defaults to `maxSize`.
   */
  maxGroupPreparedCapacity?: pulumi.Input<number>;
  /**
   * In which state the pool keeps its instances: `Stopped`, `Running` or `Hibernated`. `Hibernated` needs instances that
   * can hibernate: an encrypted root volume with room for the memory, and an instance type and an image that support it.
   * Defaults to `Stopped`.
   */
  poolState?: PoolState;
  /**
   * Whether an instance returns to the pool on scale-in, after its stop script, instead of being terminated. Defaults to
   * false.
   */
  reuseOnScaleIn?: boolean;
  /**
   * When the launch script runs: `always`, that is on the way into the pool and again on the way out of it, or only
   * `whenServing`, on the way into service. With `whenServing`, Auto Scaling stops a new instance as soon as it runs,
   * which cuts off its user data. Defaults to `always`.
   */
  launchScript?: LaunchScript;
}
