/** A range of whole numbers, both ends allowed. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Longest and shortest deregistration delay of a target group, seconds. Source: Elastic Load Balancing,
 * TargetGroupAttribute.
 */
export const deregistrationDelayRange: Range = { min: 0, max: 3600 };

/** Longest time that an announce script may take, seconds: as long as the longest deregistration. */
export const maxAnnounceTimeout = deregistrationDelayRange.max;

/** Elastic Load Balancing's own default for the deregistration delay, seconds. */
export const defaultDeregistrationDelay = 300;

/**
 * How long a Network Load Balancer may go on to open connections to a target that it deregisters, whatever the
 * deregistration delay is; seconds. Elastic Load Balancing recommends a delay of at least as long (Network Load
 * Balancers, Deregistration delay); reports measure this time (aws/containers-roadmap#470,
 * kubernetes-sigs/aws-load-balancer-controller#2366).
 */
export const networkDeregistration = 120;

/** Longest heartbeat timeout that a lifecycle hook takes, seconds. Source: Auto Scaling, PutLifecycleHook. */
export const maxHeartbeatTimeout = 7200;

/** Shortest heartbeat timeout that a lifecycle hook takes, seconds. Source: Auto Scaling, PutLifecycleHook. */
export const shortestHeartbeatTimeout = 30;

/** Auto Scaling's own default for the heartbeat timeout of a lifecycle hook, seconds. Source: PutLifecycleHook. */
export const defaultHeartbeatTimeout = 3600;

/**
 * Shortest heartbeat timeout that leaves room for three heartbeats, seconds. PutLifecycleHook takes 30, but the sweep
 * runs once a minute, so a third of a shorter timeout could pass between two sweeps.
 */
export const minHeartbeatTimeout = 300;

/**
 * A lifecycle action ends after this many heartbeat timeouts, heartbeats or not. Source: Auto Scaling,
 * LifecycleHook.GlobalTimeout.
 */
export const maxHeartbeatTimeouts = 100;

/**
 * A lifecycle action ends after 48 hours, heartbeats or not; seconds. Source: Auto Scaling,
 * LifecycleHook.GlobalTimeout.
 */
export const maxGlobalTimeout = 172_800;

/**
 * Shortest timeout of a document step, seconds; the agent takes a shorter timeout as 3600. Source: observed on SSM
 * Agent 3.3.
 */
export const minTimeout = 5;

/**
 * SendCommand's TimeoutSeconds: how long a command waits for the agent to fetch it, seconds. This is the smallest value
 * that the API takes, so that we notice early when an agent does not answer.
 */
export const delivery = 30;

/** How long after its delivery timeout the handler gives up a command that has not started, seconds. */
export const deliveryGrace = 30;

/**
 * How long a command that was sent may be missing from SSM's lists, which are eventually consistent; an assumption,
 * seconds.
 */
export const listingLag = 30;

/** Time between two sweeps, seconds. EventBridge's shortest rate. */
export const sweepInterval = 60;

/** Least time kept free before the script for a lost hook event or an agent that restarts: three sweeps, seconds. */
export const startRecovery = 3 * sweepInterval;

/**
 * Longest default of the time for which the handler asks an agent that does not answer, seconds: agents update and
 * restart meanwhile.
 */
export const maxDefaultAgentTimeout = 900;

/** Time kept free after the script for a lost command event: two sweeps, seconds. */
export const completionRecovery = 2 * sweepInterval;

/** How long EC2 and Auto Scaling may take to end an instance once its action is completed, seconds. */
export const shutdownAllowance = 600;

/**
 * How long an instance may take to boot and become healthy outside of its launch hook, seconds; the provider's own
 * default.
 */
export const bootAllowance = 600;

/**
 * How long the provider waits by default for capacity, and for the end of a group, seconds. Source:
 * aws_autoscaling_group.
 */
export const defaultProviderTimeout = 600;

/**
 * Time between EC2's interruption warning and the interruption of a Spot instance, whatever a hook says; seconds.
 * Source: EC2, Spot interruptions.
 */
export const interruptionNotice = 120;
