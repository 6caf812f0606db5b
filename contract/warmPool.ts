/** Where an instance comes from or goes to, as lifecycle events name it. Source: Auto Scaling, warm pool events. */
export const Place = {
  Ec2: "EC2",
  AutoScalingGroup: "AutoScalingGroup",
  WarmPool: "WarmPool",
} as const;
/** Where an instance comes from or goes to, as lifecycle events name it. */
export type Place = (typeof Place)[keyof typeof Place];

/** The state in which a warm pool keeps its instances. */
export const PoolState = {
  /** The machines are stopped: only their volumes cost. */
  Stopped: "Stopped",
  /** The machines run. */
  Running: "Running",
  /** The machines are stopped with their memory on disk. */
  Hibernated: "Hibernated",
} as const;
/** The state in which a warm pool keeps its instances. */
export type PoolState = (typeof PoolState)[keyof typeof PoolState];

/** When the launch script of a group with a warm pool runs. */
export const LaunchScript = {
  /** On the way into the pool too: the instance enters the pool when the script has succeeded. */
  Always: "always",
  /** On the way into service only. */
  WhenServing: "whenServing",
} as const;
/** When the launch script of a group with a warm pool runs. */
export type LaunchScript = (typeof LaunchScript)[keyof typeof LaunchScript];

/** The way of an instance through a lifecycle hook; a place is undefined where it is not known. */
export interface Route {
  readonly origin: Place | undefined;
  readonly destination: Place | undefined;
}

/** What becomes of the script of an instance that stays out of service: it launches into the pool, or ends in the pool. */
export const InWarmPool = {
  /** The script runs. */
  Run: "run",
  /** The handler completes the action at once. */
  Skip: "skip",
} as const;
/** What becomes of the script of an instance that stays out of service. */
export type InWarmPool = (typeof InWarmPool)[keyof typeof InWarmPool];

/** Parameters that the documents of a group with a warm pool take besides all others; empty where they are not known. */
export interface RouteParameters {
  /** Where the instance comes from. */
  readonly origin: string;
  /** Where the instance goes to. */
  readonly destination: string;
}

/** What these parameters may hold. */
export const routePatterns: Readonly<Record<keyof RouteParameters, string>> = {
  origin: `^(${Object.values(Place).join("|")})?$`,
  destination: `^(${Object.values(Place).join("|")})?$`,
};
