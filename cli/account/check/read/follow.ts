import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Resource } from "../../../../policy/stack/resource";
import { stringAt } from "../../../../policy/stack/value";
import { functionResource, queueResource, readFunction, readMappings } from "./functions";
import { found, type Look, type Reads } from "./reads";
import { readSubscriptions, readTopic, topicResources, type Topic, type TopicSubscription } from "./topics";

/** What is behind the targets of hooks and rules. */
export interface Behind {
  readonly resources: readonly Resource[];
  readonly topics: ReadonlyMap<string, FollowedTopic>;
  /** Functions by the ARN that leads to them. */
  readonly functions: ReadonlyMap<string, Look<FunctionConfiguration>>;
}

/** A topic on the way. */
export interface FollowedTopic {
  readonly arn: string;
  readonly topic: Look<Topic>;
  readonly subscriptions: Look<readonly TopicSubscription[]>;
}

/** Follows targets, through topics and queues, to functions. */
export async function follow(reads: Reads, targets: readonly string[]): Promise<Behind> {
  const resources = new Map<string, Resource>();
  const topics = new Map<string, FollowedTopic>();
  const functions = new Map<string, Look<FunctionConfiguration>>();
  const seen = new Set<string>();
  const add = (some: readonly Resource[]) => {
    for (const one of some) resources.set(one.urn, one);
  };

  const visit = async (arn: string): Promise<void> => {
    if (seen.has(arn)) return;
    seen.add(arn);
    const [, , service] = arn.split(":");
    if (service === "lambda") await visitFunction(arn);
    else if (service === "sns") await visitTopic(arn);
    else if (service === "sqs") await visitQueue(arn);
  };

  const visitFunction = async (arn: string) => {
    const configuration = await readFunction(reads, arn);
    functions.set(arn, configuration);
    if (configuration.kind === "found") add([functionResource(arn, configuration.value)]);
  };

  const visitTopic = async (arn: string) => {
    const [topic, subscriptions] = await Promise.all([readTopic(reads, arn), readSubscriptions(reads, arn)]);
    topics.set(arn, { arn, topic, subscriptions });
    const all = found(subscriptions) ?? [];
    add(topicResources(arn, all));
    await Promise.all(all.map(({ endpoint }) => visit(endpoint)));
  };

  const visitQueue = async (arn: string) => {
    const mappings = await readMappings(reads, arn);
    add([queueResource(arn), ...mappings]);
    const names = mappings.map(({ props }) => stringAt(props, "functionName"));
    await Promise.all(names.filter((name) => typeof name === "string").map(visit));
  };

  await Promise.all(targets.map(visit));
  return { resources: [...resources.values()], topics, functions };
}
