import { Place, type Route, type Transition } from "../contract";

/** The latest launch of an instance, as the scaling activities of its group tell it. */
export interface Launch {
  /** Whether the launch is still under way. */
  readonly isRunning: boolean;
  /** Whether the instance came out of the warm pool. */
  readonly isFromPool: boolean;
}

/** Whether an instance stays out of service: it launches into the warm pool, or is terminated there. */
export function isPoolOnly(transition: Transition, { destination, origin }: Route): boolean {
  return (transition === "launch" ? destination : origin) === Place.WarmPool;
}

/** Whether a state leaves open which transition an instance passes: into the pool by a launch, or back into it. */
export function isAmbiguous(lifecycleState: string): boolean {
  return lifecycleState === "Warmed:Pending:Wait";
}

/**
 * The route of an instance that waits in a state at hooks of a transition; undefined if the instance waits at no such
 * hook, or if that is not known. Source: Auto Scaling, warm pool instance lifecycle.
 */
export function routeOf(
  lifecycleState: string,
  transition: Transition,
  launch: Launch | undefined,
): Route | undefined {
  const { AutoScalingGroup, Ec2, WarmPool } = Place;
  switch (`${transition} ${lifecycleState}`) {
    case "launch Pending:Wait": {
      const origin = launch?.isFromPool ? WarmPool : Ec2;
      return { origin: launch?.isRunning ? origin : undefined, destination: AutoScalingGroup };
    }
    case "launch Warmed:Pending:Wait":
      return launch?.isRunning === true ? { origin: Ec2, destination: WarmPool } : undefined;
    case "terminate Warmed:Pending:Wait":
      return launch?.isRunning === false ? { origin: AutoScalingGroup, destination: WarmPool } : undefined;
    case "terminate Terminating:Wait":
      return { origin: AutoScalingGroup, destination: Ec2 };
    case "terminate Warmed:Terminating:Wait":
      return { origin: WarmPool, destination: Ec2 };
    case "terminate ReplacingRootVolume:Wait":
      return { origin: AutoScalingGroup, destination: AutoScalingGroup };
    default:
      return undefined;
  }
}
