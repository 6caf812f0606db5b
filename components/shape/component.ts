/** The components whose arguments are checked. The validators, which are made from their types, have one for each. */
export type Component = "GracefulAutoScalingGroup" | "GracefulLifecycle" | "LifecycleHandler";
