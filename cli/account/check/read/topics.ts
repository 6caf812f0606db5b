import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
  type Subscription,
} from "@aws-sdk/client-sns";
import type { Resource } from "../../../../policy/stack/resource";
import { found, type Look, type Reads } from "./reads";
import { resource } from "./resource";

/** A topic that a hook or a rule notifies. */
export interface Topic {
  readonly arn: string;
  /** Its policy, as JSON. */
  readonly policy: string | undefined;
  /** The key that encrypts its messages. */
  readonly key: string | undefined;
}

/** A subscription to a topic. */
export interface TopicSubscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
  readonly filterPolicy: string | undefined;
  readonly filterPolicyScope: string | undefined;
  readonly isRaw: boolean;
  /** ARN of the queue of messages that SNS cannot deliver. */
  readonly deadLetters: string | undefined;
}

export async function readTopic({ account, look }: Reads, arn: string): Promise<Look<Topic>> {
  const attributes = await look({
    what: "whether hooks may notify their topics",
    action: "sns:GetTopicAttributes",
    key: arn,
    make: () => account.clients.sns.send(new GetTopicAttributesCommand({ TopicArn: arn })),
  });
  if (attributes.kind !== "found") return attributes;
  const { KmsMasterKeyId, Policy } = attributes.value.Attributes ?? {};
  return { kind: "found", value: { arn, policy: Policy, key: KmsMasterKeyId } };
}

export async function readSubscriptions(reads: Reads, topic: string): Promise<Look<TopicSubscription[]>> {
  const { account, look } = reads;
  const listed = await look({
    what: "the subscriptions of topics",
    action: "sns:ListSubscriptionsByTopic",
    key: topic,
    make: async () => {
      const all: Subscription[] = [];
      const pages = paginateListSubscriptionsByTopic({ client: account.clients.sns }, { TopicArn: topic });
      for await (const { Subscriptions = [] } of pages) all.push(...Subscriptions);
      return all;
    },
  });
  if (listed.kind !== "found") return listed;
  return {
    kind: "found",
    value: await Promise.all(listed.value.map((one) => readSubscription(reads, one))),
  };
}

/** Confirmed subscriptions have an ARN; others have a word in its place. Source: SNS API, Subscription. */
async function readSubscription(
  { account, look }: Reads,
  { Endpoint = "", Protocol = "", SubscriptionArn = "" }: Subscription,
): Promise<TopicSubscription> {
  const isConfirmed = SubscriptionArn.startsWith("arn:");
  const attributes = isConfirmed
    ? await look({
        what: "the filters of subscriptions",
        action: "sns:GetSubscriptionAttributes",
        key: SubscriptionArn,
        make: () => account.clients.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })),
      })
    : undefined;
  const given = (attributes && found(attributes)?.Attributes) ?? {};
  return {
    arn: SubscriptionArn,
    protocol: Protocol,
    endpoint: Endpoint,
    isConfirmed,
    filterPolicy: given["FilterPolicy"],
    filterPolicyScope: given["FilterPolicyScope"],
    isRaw: given["RawMessageDelivery"] === "true",
    deadLetters: deadLettersIn(given["RedrivePolicy"]),
  };
}

function deadLettersIn(redrivePolicy: string | undefined): string | undefined {
  return /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(redrivePolicy ?? "")?.[1];
}

/** A topic and its confirmed subscriptions as a program would give them. */
export function topicResources(arn: string, subscriptions: readonly TopicSubscription[]): Resource[] {
  const name = arn.split(":").at(-1) ?? arn;
  return [
    resource("topic", arn, name, { name, arn }),
    ...subscriptions
      .filter(({ isConfirmed }) => isConfirmed)
      .map((one) =>
        resource("subscription", one.arn, name, {
          topic: arn,
          protocol: one.protocol,
          endpoint: one.endpoint,
          filterPolicy: one.filterPolicy,
          filterPolicyScope: one.filterPolicyScope,
          rawMessageDelivery: one.isRaw,
        }),
      ),
  ];
}
