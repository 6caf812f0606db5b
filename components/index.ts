export { OnFailure, Transport, type BusyInstance } from "../contract";
export * from "./arguments";
export { InvalidArguments } from "./constraints";
export * from "./gracefulAutoScalingGroup";
export * from "./gracefulLifecycle";
export * from "./lifecycleHandler";
