export {
  LaunchScript,
  OnFailure,
  PoolState,
  Prefer,
  ReplaceOn,
  Transport,
  type BusyInstance,
} from "../contract";
export type { Violation } from "../timing";
export * from "./arguments";
export { InvalidArguments } from "./checks";
export * from "./gracefulAutoScalingGroup";
export * from "./gracefulLifecycle";
export * from "./lifecycleHandler";
