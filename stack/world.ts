import type { Registration } from "../evaluate/registration";
import { isModelled } from "../contract";
import { isPeriod } from "../simulator/schedule";
import type { FunctionSettings, GroupSettings, RuleSettings, World } from "../simulator/world";
import { alarmsIn, logMetricsIn } from "./alarms";
import { optionalText, parse, resourcesIn, text, type All } from "./fields";
import { codeOrReason, concernsInstances, functionSettings, namesOf, rulesIn } from "./functions";
import { groupsIn } from "./groups";
import { groupsElsewhere } from "./elsewhere";
import { launchConfigurationsIn, launchTemplatesIn } from "./launch";
import { permissionsIn } from "./permissions";
import { scalingPoliciesIn, targetGroupSettingsIn } from "./targetGroups";

/**
 * Reads the world from the registrations of a program: its groups, and everything that their hooks, their functions and
 * their commands reach.
 * @throws MalformedPolicy for a policy that IAM would refuse, where something reaches it
 */
export function readWorld(registrations: readonly Registration[]): World {
  const all = resourcesIn(inOneOrder(registrations));
  const leftOut: string[] = [];
  const permissions = permissionsIn(all);
  const elsewhere = groupsElsewhere(all);
  const groups = [...groupsIn(all), ...elsewhere.groups];
  const subscriptions = subscriptionsIn(all, groups);
  const allRules = rulesIn(all);
  const reached = reachedFunctions(all, [
    ...subscriptions.map(({ endpoint }) => endpoint),
    ...groups.flatMap(({ terminationPolicies }) => terminationPolicies),
    ...allRules.filter(concernsInstances).flatMap(({ targets }) => targets.map(({ arn }) => arn)),
  ]);
  leftOut.push(...elsewhere.leftOut, ...reached.leftOut);
  const { functions } = reached;
  const own = new Map(functions.flatMap(({ aliases, arn }) => [arn, ...aliases].map((name) => [name, arn])));
  const rules = allRules
    .map((rule) => ({ ...rule, targets: targetsAmong(own, rule) }))
    .filter(({ targets }) => targets.length > 0);
  const queues = [
    ...functions.flatMap(({ settings }) => settings.onFailure ?? []),
    ...subscriptions.flatMap(({ deadLetters }) => deadLetters ?? []),
    ...rules.flatMap(({ targets }) => targets.flatMap(({ deadLetters }) => deadLetters ?? [])),
  ];
  const topics = all("aws:sns/topic:Topic").map((one) => text(one["arn"]));
  const hooks = groups.flatMap((group) => group.hooks);
  const roles = [
    ...functions.map(({ settings }) => settings.role),
    ...hooks.flatMap(({ roleArn }) => roleArn ?? []),
  ];
  const world: Omit<World, "leftOut"> = {
    groups,
    functions: functions.map(({ settings }) => settings),
    subscriptions: subscriptions.flatMap((one) => {
      const endpoint = own.get(one.endpoint);
      return endpoint === undefined ? [] : [{ ...one, endpoint }];
    }),
    permissions: all("aws:lambda/permission:Permission").map((one) => ({
      function: text(one["function"]),
      principal: text(one["principal"]),
      sourceArn: text(one["sourceArn"]),
    })),
    rules: rules.filter((rule) => understands(rule, leftOut)),
    documents: new Map(
      all("aws:ssm/document:Document").map((one) => [text(one["name"]), text(one["content"])]),
    ),
    topics: new Set(topics),
    topicPolicies: new Map(topics.map((arn) => [arn, permissions.ofTopic(arn)])),
    roles: new Map([...new Set(roles)].map((arn) => [arn, permissions.ofRole(arn)])),
    targetGroups: targetGroupSettingsIn(all),
    launchTemplates: launchTemplatesIn(all),
    launchConfigurations: launchConfigurationsIn(all),
    scalingPolicies: scalingPoliciesIn(all),
    alarms: alarmsIn(all),
    logMetrics: logMetricsIn(all),
    queues: new Map([...new Set(queues)].map((arn) => [arn, permissions.ofQueue(arn)])),
  };
  return { ...world, leftOut: [...leftOut, ...permissions.leftOut] };
}

/** By URN: programs register resources as soon as their inputs are known, now in this order and now in that. */
function inOneOrder(registrations: readonly Registration[]): readonly Registration[] {
  return [...registrations].sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

interface Reached {
  readonly arn: string;
  readonly aliases: readonly string[];
  readonly settings: FunctionSettings;
}

/** The functions among the targets of events, and the functions among them that cannot be run. */
function reachedFunctions(
  all: All,
  targets: readonly string[],
): { readonly functions: readonly Reached[]; readonly leftOut: readonly string[] } {
  const functions: Reached[] = [];
  const leftOut: string[] = [];
  for (const one of all("aws:lambda/function:Function")) {
    const [arn = "", ...aliases] = namesOf(one, all);
    if (![arn, ...aliases].some((name) => targets.includes(name))) continue;
    const code = codeOrReason(one);
    if (typeof code === "string") leftOut.push(`The function ${text(one["name"])} is not run: ${code}.`);
    else functions.push({ arn, aliases, settings: functionSettings(one, code, all) });
  }
  return { functions, leftOut };
}

/** Targets of a rule that are functions of the simulator, by the functions' ARNs. */
function targetsAmong(own: ReadonlyMap<string, string>, { targets }: RuleSettings): RuleSettings["targets"] {
  return targets.flatMap((target) => {
    const arn = own.get(target.arn);
    return arn === undefined ? [] : [{ ...target, arn }];
  });
}

/** Subscriptions to the topics that hooks notify. */
function subscriptionsIn(all: All, groups: readonly GroupSettings[]): World["subscriptions"] {
  const notified = new Set(groups.flatMap(({ hooks }) => hooks.map((hook) => hook.notificationTargetArn)));
  return all("aws:sns/topicSubscription:TopicSubscription")
    .filter((one) => notified.has(optionalText(one["topic"])))
    .map((one) => ({
      topic: text(one["topic"]),
      endpoint: text(one["endpoint"]),
      deadLetters: text(parse(one["redrivePolicy"])["deadLetterTargetArn"]),
    }));
}

/** Whether the simulator can follow a rule; says so where it cannot. */
function understands({ name, pattern, scheduleExpression }: RuleSettings, leftOut: string[]): boolean {
  if (scheduleExpression !== undefined && !isPeriod(scheduleExpression)) {
    leftOut.push(`The rule ${name} is not played: its schedule is ${scheduleExpression}.`);
    return false;
  }
  if (pattern !== undefined && !isModelled(pattern)) {
    leftOut.push(`The rule ${name} is not played: its pattern has an operator that is not modelled.`);
    return false;
  }
  return true;
}
