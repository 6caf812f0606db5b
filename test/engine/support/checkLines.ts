import type { GroupCheck } from "../../../cli/account/check/groupCheck";
import type { StateResource } from "./stack";

/** Types of resources by the word with which a finding names them. */
const types: Readonly<Record<string, string>> = {
  Document: "aws:ssm/document:Document",
  Function: "aws:lambda/function:Function",
  Group: "aws:autoscaling/group:Group",
  LaunchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  Policy: "aws:autoscaling/policy:Policy",
  TargetGroup: "aws:lb/targetGroup:TargetGroup",
};

const hookType = "aws:autoscaling/lifecycleHook:LifecycleHook";

/** What a policy says, as `RULE: RESOURCE: PROPERTY` with names of the program. */
export function linesOfPack(
  found: Readonly<Record<string, readonly (readonly string[])[]>>,
  resources: readonly StateResource[],
): string[] {
  return Object.entries(found).flatMap(([rule, all]) =>
    all.map((text) => {
      const sentence = text.at(-1) ?? "";
      const [, subject = sentence, what = ""] = /^(.*?"): (.*?) is /.exec(sentence) ?? [];
      return `${rule}: ${hookOfProgram(subject, resources)}: ${what}`;
    }),
  );
}

/** The same of what the check has found in an account. */
export function linesOfCheck(groups: readonly GroupCheck[], resources: readonly StateResource[]): string[] {
  return groups.flatMap(({ findings, group }) =>
    findings.map(({ rule, subject, what }) => {
      const hook = /^LifecycleHook "(.*)"$/.exec(subject)?.[1];
      const where = hook === undefined ? subject : `hook "${hook}" of Group "${group}"`;
      return `${rule}: ${inProgram(where, resources)}: ${inProgram(what, resources)}`;
    }),
  );
}

/** A hook by its own name and the group's, wherever the program has written it. */
function hookOfProgram(subject: string, resources: readonly StateResource[]): string {
  const initial = /^initialLifecycleHooks (".*" of Group ".*")$/.exec(subject)?.[1];
  if (initial !== undefined) return `hook ${initial}`;
  const logical = /^LifecycleHook "(.*)"$/.exec(subject)?.[1];
  const hook = resources.find(({ type, urn }) => type === hookType && urn.endsWith(`::${logical ?? ""}`));
  if (hook === undefined) return subject;
  const { autoscalingGroupName, name } = hook.outputs ?? {};
  return inProgram(`hook "${String(name)}" of Group "${String(autoscalingGroupName)}"`, resources);
}

/** Names of the account as the program has them. */
function inProgram(text: string, resources: readonly StateResource[]): string {
  return text.replaceAll(/(\w+) "([^"]*)"/g, (all, word: string, name: string) => {
    const found = resources.find(({ outputs, type }) => type === types[word] && outputs?.["name"] === name);
    return found === undefined ? all : `${word} "${found.urn.split("::").at(-1) ?? ""}"`;
  });
}
