import type { Context } from "../context";
import { ServiceError } from "../errors";
import type { World } from "../world";
import { page, type Input } from "./input";
import type { Operation } from "./operation";

/** Subscriptions in an answer. Source: SNS API, ListSubscriptionsByTopic. */
const subscriptionsAtOnce = 100;

/** Calls of SNS about topics and subscriptions that the simulator answers. */
export function topicOperations(context: Context, world: World): Readonly<Record<string, Operation>> {
  const { id } = context.account;
  const arns = subscriptionArns(context, world);
  const all = world.subscriptions.map((one, index) => ({ ...one, arn: arns[index] ?? "" }));
  const topicIn = (input: Input): string => {
    const topic = input.text("TopicArn", { pattern: /^arn:[^:]+:sns:/ });
    if (world.topics.has(topic)) return topic;
    throw new ServiceError("NotFound", "Topic does not exist", 404);
  };
  return {
    GetTopicAttributes: {
      requests: (input) => [{ action: "sns:GetTopicAttributes", resource: input.text("TopicArn") }],
      perform: (input) => {
        const topic = topicIn(input);
        const statements = world.topicPolicies.get(topic) ?? [];
        return {
          Attributes: new Map([
            ["TopicArn", topic],
            ["Owner", id],
            ...(statements.length === 0
              ? []
              : [["Policy", JSON.stringify({ Version: "2012-10-17", Statement: statements })] as const]),
          ]),
        };
      },
    },

    ListSubscriptionsByTopic: {
      requests: (input) => [{ action: "sns:ListSubscriptionsByTopic", resource: input.text("TopicArn") }],
      perform: (input) => {
        const topic = topicIn(input);
        const own = all.filter((one) => one.topic === topic);
        const token = input.optionalText("NextToken");
        const { items, next } = page(own, subscriptionsAtOnce, token, "InvalidParameter");
        return {
          Subscriptions: items.map(({ arn, endpoint }) => ({
            SubscriptionArn: arn,
            Owner: id,
            Protocol: "lambda",
            Endpoint: endpoint,
            TopicArn: topic,
          })),
          NextToken: next,
        };
      },
    },

    GetSubscriptionAttributes: {
      requests: (input) => [
        { action: "sns:GetSubscriptionAttributes", resource: input.text("SubscriptionArn").replace(/:[^:]*$/, "") },
      ],
      perform: (input) => {
        const subscription = all.find(({ arn }) => arn === input.text("SubscriptionArn"));
        if (subscription === undefined) throw new ServiceError("NotFound", "Subscription does not exist", 404);
        const { arn, deadLetters, endpoint, topic } = subscription;
        return {
          Attributes: new Map([
            ["SubscriptionArn", arn],
            ["TopicArn", topic],
            ["Protocol", "lambda"],
            ["Endpoint", endpoint],
            ["RawMessageDelivery", "false"],
            ...(deadLetters
              ? [["RedrivePolicy", JSON.stringify({ deadLetterTargetArn: deadLetters })] as const]
              : []),
          ]),
        };
      },
    },
  };
}

/** ARNs of the subscriptions, in their order. */
export function subscriptionArns({ random }: Context, { subscriptions }: World): string[] {
  return subscriptions.map(
    ({ endpoint, topic }) => `${topic}:${random.uuid(`subscription/${topic}/${endpoint}`)}`,
  );
}
