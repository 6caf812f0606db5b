import type { EnforcementLevel } from "@pulumi/policy";

/** The groups that a policy leaves out. */
export type GroupLimits = {
  /** Pulumi names of groups. */
  readonly except: readonly string[];
};

/** Limits of policies, by the name of the policy. */
export interface PolicyLimits {
  /** Least and most heartbeat timeout, seconds. */
  readonly "lifecycle-hook-heartbeat-timeout": { readonly min: number; readonly max: number };
  /** Default results that hooks may have, by transition. */
  readonly "lifecycle-hook-default-result": {
    readonly launch: readonly string[];
    readonly terminate: readonly string[];
  };
  /** Least and most deregistration delay, seconds, and least delay behind a Network Load Balancer. */
  readonly "target-group-deregistration-delay": {
    readonly min: number;
    readonly networkMin: number;
    readonly max: number;
  };
  /** Time that has to be left between the end of the function and the end of the hook, seconds. */
  readonly "lambda-timeout-within-heartbeat": { readonly margin: number };
  /** Groups that need no hook on terminate. */
  readonly "group-has-terminate-hook": GroupLimits;
  /** None. */
  readonly "retain-needs-abandon": NoLimits;
  /** Time that EC2 and Auto Scaling take to end an instance after its hook, seconds. */
  readonly "group-delete-timeout-covers-drain": { readonly allowance: number };
  /** Groups whose instances `pulumi destroy` may terminate without notice. */
  readonly "group-destroy-is-graceful": GroupLimits;
  /** Groups that Pulumi may delete by force. */
  readonly "no-force-delete": GroupLimits;
  /** None. */
  readonly "simple-scaling-beside-hook": NoLimits;
  /** Groups whose instances need no protection. */
  readonly "instances-are-protected-from-termination": GroupLimits;
  /** Time that EC2 and Auto Scaling take to start an instance before its hook, seconds. */
  readonly "capacity-wait-covers-launch-hook": { readonly allowance: number };
  /** Whether handlers that are not of graceful-asg send heartbeats. */
  readonly "drain-fits-lifecycle-hook": { readonly heartbeats: boolean };
  /** Time in which systemd stops a unit that gives none, seconds. */
  readonly "systemd-stop-timeout": { readonly timeoutStop: number };
  /** Longest time of a scale-in, seconds. */
  readonly "total-drain-time": { readonly max: number };
  /** Longest drain of a Spot instance, seconds. */
  readonly "spot-drain-fits-interruption-notice": { readonly max: number };
}

/** A policy without limits. */
export type NoLimits = { readonly [Limit in never]: Limit };

/** Name of a policy. */
export type PolicyName = keyof PolicyLimits;

/** What you choose about a policy: its level, or its limits and its level. */
export type Choice<Limits> = EnforcementLevel | ({ enforcementLevel?: EnforcementLevel } & Partial<Limits>);

/**
 * What you choose about each policy, by the policy's name; limits that you do not choose have their defaults. `all` is
 * the level of the policies that you do not name.
 */
export type PolicyChoices = { readonly [Name in PolicyName]?: Choice<PolicyLimits[Name]> } & {
  readonly all?: EnforcementLevel;
};
