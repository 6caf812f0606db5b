import type { AutoScalingGroup, LifecycleHook } from "@aws-sdk/client-auto-scaling";
import { lifecycleTransitions, readInstructions, type Transition } from "../../../contract";
import { interruptionRules, lifecycleEvent, rulesOf } from "../../../policy/stack/eventRules";
import { hooksOf } from "../../../policy/stack/group";
import { functionsOf } from "../../../policy/stack/handlers";
import type { Resource } from "../../../policy/stack/resource";
import { handlersOf, nameOfGroup } from "../groups";
import { askAll } from "./asks";
import type { LiveFunction, LiveGroup, LiveHook } from "./liveGroup";
import { documentResource, readDocument, readDocumentNames } from "./read/documents";
import {
  readEventRules,
  readRuleQueues,
  readRulesOf,
  ruleResources,
  type EventRule,
} from "./read/eventRules";
import { follow, type Behind } from "./read/follow";
import { readFailureQueue, readFunction, readFunctionPolicy } from "./read/functions";
import { groupResource, hookResource, readHooks, readScalingPolicies } from "./read/groups";
import { readAgents, readHandlerTags } from "./read/instances";
import { readLaunch } from "./read/launch";
import { readCounts } from "./read/metrics";
import { readWaiting } from "./read/queues";
import { found, type Look, type Reads } from "./read/reads";
import { readTargetGroups, targetGroupsOf, type TargetGroups } from "./read/targetGroups";

/** Reads groups and all that their next scale-in depends on. */
export async function survey(
  reads: Reads,
  groups: readonly AutoScalingGroup[],
  onGroup: () => void,
): Promise<LiveGroup[]> {
  const [targetGroups, scalingPolicies, eventRules] = await Promise.all([
    readTargetGroups(reads, groups),
    readScalingPolicies(reads),
    readEventRules(reads),
  ]);
  const shared = { targetGroups, scalingPolicies, eventRules };
  const drafts = await Promise.all(
    groups.map(async (group) => {
      const draft = await draftOf(reads, group, shared);
      onGroup();
      return draft;
    }),
  );
  const names = drafts.flatMap((draft) => draft.functionNames);
  const ours = drafts.filter(({ handlers }) => handlers.length > 0);
  const [counts, agents, instanceTags] = await Promise.all([
    readCounts(reads, names.map(plainName)),
    readAgents(
      reads,
      ours.flatMap(({ inService }) => inService),
    ),
    ours.length > 0 ? readHandlerTags(reads) : nothing,
  ]);
  const surveyed = await Promise.all(
    drafts.map(async ({ functionNames, ...draft }) => {
      const functions = await Promise.all(
        functionNames.map((name) => readLiveFunction(reads, name, draft, counts)),
      );
      return { ...draft, functions, agents, instanceTags };
    }),
  );
  const denialsOf = await askAll(reads, surveyed);
  return surveyed.map((group) => ({ ...group, denials: denialsOf(group) }));
}

const nothing: Look<ReadonlyMap<string, string>> = { kind: "found", value: new Map() };

/** What the groups of a Region share. */
interface Shared {
  readonly targetGroups: TargetGroups;
  readonly scalingPolicies: readonly Resource[];
  readonly eventRules: readonly EventRule[];
}

type Draft = Omit<LiveGroup, "functions" | "agents" | "instanceTags" | "denials"> & {
  /** Names or ARNs of its functions. */
  readonly functionNames: readonly string[];
};

async function draftOf(reads: Reads, described: AutoScalingGroup, shared: Shared): Promise<Draft> {
  const name = nameOfGroup(described);
  const handlers = handlersOf(described);
  const [hooks, launch] = await Promise.all([readHooks(reads, described), readLaunch(reads, described)]);
  const own = [groupResource(described), ...hooks.map((hook) => hookResource(described, hook))];
  const rules = rulesFor(own, shared.eventRules);
  const targets = [
    ...hooks.flatMap(({ NotificationTargetARN: target }) => (target ? [target] : [])),
    ...rules.flatMap((one) => one.targets.flatMap(({ Arn }) => Arn ?? [])),
  ];
  const behind = await follow(reads, targets);
  const documents = await documentsOf(reads, hooks, behind);
  const resources = [
    ...own,
    ...launch,
    ...targetGroupsOf(described).flatMap((arn) => shared.targetGroups.get(arn) ?? []),
    ...shared.scalingPolicies.filter(({ props }) => Reflect.get(props, "autoscalingGroupName") === name),
    ...rules.flatMap(ruleResources),
    ...behind.resources,
    ...documents.resources,
  ];
  const reached = hooksOf(resources).flatMap((hook) => functionsOf(resources, hook).map(({ urn }) => urn));
  const missing = [...behind.functions].filter(([, look]) => look.kind === "missing").map(([arn]) => arn);
  const others = [...reached, ...missing].filter((arn) => !handlers.includes(plainName(arn)));
  return {
    name,
    described,
    handlers,
    hooks: hooks.map((hook) => liveHook(hook, documents.looks)),
    inService: (described.Instances ?? [])
      .filter(({ LifecycleState }) => LifecycleState === "InService")
      .flatMap(({ InstanceId }) => InstanceId ?? []),
    topics: behind.topics,
    functionNames: [...new Set([...handlers, ...others])],
    resources,
  };
}

/** The rules that match an event of a group's hooks, or the warnings of Spot instances. */
function rulesFor(own: readonly Resource[], all: readonly EventRule[]): EventRule[] {
  const resources = all.flatMap(ruleResources);
  const events = hooksOf(own)
    .map(lifecycleEvent)
    .filter((event) => event !== undefined);
  const matching = [...events.flatMap((event) => rulesOf(resources, event)), ...interruptionRules(resources)];
  const arns = new Set(matching.map(({ urn }) => urn));
  return all.filter(({ rule: { Arn = "" } }) => arns.has(Arn));
}

function liveHook(described: LifecycleHook, looks: ReadonlyMap<string, Look<unknown>>): LiveHook {
  const { LifecycleHookName: name = "", LifecycleTransition, NotificationMetadata } = described;
  const reading = readInstructions(NotificationMetadata);
  return {
    name,
    described,
    transition: (["launch", "terminate"] satisfies Transition[]).find(
      (transition) => lifecycleTransitions[transition] === LifecycleTransition,
    ),
    reading,
    documents: new Map(
      documentsIn(NotificationMetadata).flatMap((document) => {
        const look = looks.get(document);
        return look === undefined ? [] : [[document, look]];
      }),
    ),
  };
}

/** The documents that metadata of ours name. */
function documentsIn(metadata: string | undefined): string[] {
  const reading = readInstructions(metadata);
  if (reading.kind !== "instructions") return [];
  const { announce, document } = reading.instructions;
  return announce === undefined ? [document] : [document, announce.document];
}

/** The documents of some hooks; of somebody else's hooks, the documents that metadata or variables seem to name. */
async function documentsOf(reads: Reads, hooks: readonly LifecycleHook[], { functions }: Behind) {
  const ours = hooks.flatMap(({ NotificationMetadata }) => documentsIn(NotificationMetadata));
  const foreign = hooks.filter(
    ({ NotificationMetadata }) => readInstructions(NotificationMetadata).kind === "foreign",
  );
  const variables = [...functions.values()].flatMap((look) =>
    Object.values(found(look)?.Environment?.Variables ?? {}),
  );
  const words =
    foreign.length === 0
      ? []
      : [...foreign.flatMap(({ NotificationMetadata }) => NotificationMetadata ?? []), ...variables].flatMap(
          (text) => text.split(/[^A-Za-z0-9_.-]+/).filter((word) => word.length >= shortestName),
        );
  const names = words.length === 0 ? new Set<string>() : await readDocumentNames(reads);
  const wanted = [...new Set([...ours, ...words.filter((word) => names.has(word))])];
  const read = await Promise.all(
    wanted.map(async (name) => [name, await readDocument(reads, name)] as const),
  );
  return {
    looks: new Map(read),
    resources: read.flatMap(([, look]) => (look.kind === "found" ? [documentResource(look.value)] : [])),
  };
}

/** Source: SSM, CreateDocument, Name. */
const shortestName = 3;

async function readLiveFunction(
  reads: Reads,
  name: string,
  { handlers, topics }: Pick<LiveGroup, "handlers" | "topics">,
  counts: Look<ReadonlyMap<string, { readonly Errors: number; readonly Throttles: number }>>,
): Promise<LiveFunction> {
  const isHandler = handlers.includes(plainName(name));
  const configuration = await readFunction(reads, name);
  const itsArn = found(configuration)?.FunctionArn;
  const arn = itsArn !== undefined && name.startsWith("arn:") ? name : itsArn;
  const isThere = arn !== undefined;
  const [policy, rules, failures] = await Promise.all([
    isThere ? readFunctionPolicy(reads, name) : unread,
    isThere ? readRulesOf(reads, arn) : unread,
    isThere ? readFailureQueue(reads, name) : undefined,
  ]);
  const ofRules = isThere ? await readRuleQueues(reads, found(rules) ?? [], arn) : [];
  const ofSubscriptions = [...topics.values()]
    .flatMap(({ subscriptions }) => found(subscriptions) ?? [])
    .filter(({ endpoint }) => endpoint === arn)
    .flatMap(({ deadLetters }) => deadLetters ?? []);
  const queues = [failures, ...ofSubscriptions, ...ofRules].filter((one) => one?.split(":")[2] === "sqs");
  return {
    name: plainName(name),
    arn,
    isHandler,
    configuration,
    policy,
    rules,
    counts:
      counts.kind === "found"
        ? { kind: "found", value: counts.value.get(plainName(name)) ?? { Errors: 0, Throttles: 0 } }
        : counts,
    deadLetters: await Promise.all(
      [...new Set(queues)].flatMap((queue) =>
        queue === undefined ? [] : [readWaiting(reads, queue).then((waiting) => ({ queue, waiting }))],
      ),
    ),
  };
}

const unread = { kind: "unread" } as const;

/** The name of a function, from its name or its ARN. */
function plainName(name: string): string {
  return name.startsWith("arn:") ? (name.split(":")[6] ?? name) : name;
}
