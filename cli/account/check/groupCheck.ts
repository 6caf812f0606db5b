import type { Severity } from "@pulumi/policy";
import type { PolicyChoices } from "../../../policy/choices";
import { findOnAccount } from "../../../policy/onAccount";
import { drainOf, type Drain } from "./drain";
import { checks, type CheckFinding } from "./findings";
import type { LiveGroup } from "./liveGroup";

/** What the check says of a group. */
export interface GroupCheck {
  readonly group: string;
  readonly region: string;
  /** Handlers of graceful-asg that serve it. */
  readonly handlers: readonly string[];
  readonly instances: number;
  readonly drain: Drain;
  readonly findings: readonly CheckFinding[];
}

/** Severities from the lowest to the highest. */
export const severities = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** Checks a group: the rules of the policy pack on its resources, and what only an account can tell. */
export function checkGroup(live: LiveGroup, region: string, choices: PolicyChoices): GroupCheck {
  const ofRules = findOnAccount(live.resources, choices).map(({ urn: _, ...finding }) => finding);
  const ofAccount = Object.values(checks).flatMap((check) => check(live));
  return {
    group: live.name,
    region,
    handlers: live.handlers,
    instances: live.described.Instances?.length ?? 0,
    drain: drainOf(live),
    findings: [...ofRules, ...ofAccount].sort(
      (one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity),
    ),
  };
}
