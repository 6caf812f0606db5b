import type { Finding } from "../finding";
import { groupPolicy } from "../groupPolicy";
import { hooksAt, type Group } from "../stack/group";
import { configurationsOf, isNewestVersion, templatesOf } from "../stack/launch";
import type { Resources } from "../stack/resource";
import { hasSpotInstances } from "../stack/spot";
import { booleanAt, notYetKnown } from "../stack/value";

/**
 * TerminateInstances bypasses Auto Scaling (Auto Scaling, lifecycle hooks, availability), and termination protection
 * forbids only that call: Auto Scaling can still terminate the instance (EC2, enable termination protection). EC2
 * protects no Spot instance.
 */
export const instancesAreProtectedFromTermination = groupPolicy({
  name: "instances-are-protected-from-termination",
  what: "EC2 does not terminate an instance with a lifecycle hook on termination at anybody's request.",
  why: "TerminateInstances, from the console, a script or a tool that cleans up, ends an instance at once and passes its lifecycle hooks by; Auto Scaling's own terminations need no such call.",
  severity: "low",
  enforcementLevel: "advisory",
  exceptions: "whose instances anybody may terminate",
  checkGroup: (group, resources) => {
    if (hooksAt(group, "terminate").length === 0 || hasSpotInstances(resources, group)) return [];
    return [...onTemplates(resources, group), ...onConfigurations(resources, group)];
  },
});

function onTemplates(resources: Resources, { label, resource }: Group): Finding[] {
  return templatesOf(resources, resource).flatMap(({ name, props }) => {
    const isProtected = booleanAt(props, "disableApiTermination");
    if (isProtected === true || isProtected === notYetKnown || !isNewestVersion(resource)) return [];
    return [
      {
        urn: resource.urn,
        subject: label,
        what: `disableApiTermination of LaunchTemplate "${name}"`,
        actual: "false",
        allowed: "true",
        cure: "Set it; TerminateInstanceInAutoScalingGroup ends an instance gracefully.",
      },
    ];
  });
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
