import type { Finding } from "../finding";
import { groupPolicy } from "../groupPolicy";
import { hooksAt, type Group } from "../stack/group";
import { configurationsOf, isNewestVersion, templatesOf } from "../stack/launch";
import type { Resources } from "../stack/resource";
import { hasSpotInstances } from "../stack/spot";
import { booleanAt, member, notYetKnown } from "../stack/value";

/**
 * TerminateInstances and StopInstances bypass Auto Scaling (Auto Scaling, lifecycle hooks, availability), and
 * termination protection and stop protection forbid only these calls: Auto Scaling can still terminate the instance
 * (EC2, enable termination protection, enable stop protection). EC2 protects no Spot instance. Whether stop protection
 * keeps Auto Scaling from stopping the instances of a warm pool no page says, so the rule does not ask for it there.
 */
export const instancesAreProtectedFromTermination = groupPolicy({
  name: "instances-are-protected-from-termination",
  what: "EC2 does not terminate or stop an instance with a lifecycle hook on termination at anybody's request.",
  why: "TerminateInstances and StopInstances, from the console, a script or a tool that cleans up, end an instance at once and pass its lifecycle hooks by; Auto Scaling's own terminations need no such call.",
  severity: "low",
  enforcementLevel: "advisory",
  onAccount: true,
  exceptions: "whose instances anybody may terminate or stop",
  checkGroup: (group, resources) => {
    if (hooksAt(group, "terminate").length === 0 || hasSpotInstances(resources, group)) return [];
    return [...onTemplates(resources, group), ...onConfigurations(resources, group)];
  },
});

/** The protections of a launch template, and what each of them leaves to Auto Scaling. */
const protections = [
  {
    argument: "disableApiTermination",
    cure: "Set it; TerminateInstanceInAutoScalingGroup ends an instance gracefully.",
  },
  {
    argument: "disableApiStop",
    cure: "Set it; Auto Scaling replaces an instance that somebody stops, and its stop script cannot run.",
  },
] as const;

function onTemplates(resources: Resources, { label, resource }: Group): Finding[] {
  if (!isNewestVersion(resource)) return [];
  const wanted = member(resource.props, "warmPool") === undefined ? protections : protections.slice(0, 1);
  return templatesOf(resources, resource).flatMap(({ name, props }) =>
    wanted.flatMap(({ argument, cure }) => {
      const isProtected = booleanAt(props, argument);
      if (isProtected === true || isProtected === notYetKnown) return [];
      return [
        {
          urn: resource.urn,
          subject: label,
          what: `${argument} of LaunchTemplate "${name}"`,
          actual: "false",
          allowed: "true",
          cure,
        },
      ];
    }),
  );
}

function onConfigurations(resources: Resources, { label, resource }: Group): Finding[] {
  return configurationsOf(resources, resource).map(({ name }) => ({
    urn: resource.urn,
    subject: label,
    what: "what its instances are launched from",
    actual: `LaunchConfiguration "${name}", which cannot protect them`,
    allowed: "a launch template with disableApiTermination",
    cure: "Give launchTemplate instead of launchConfiguration.",
  }));
}
