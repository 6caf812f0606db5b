import { isAllowed, statementsFor, type Statement } from "./iam";
import { maySend, mayInvoke, type Receiver } from "./eventBus";
import { elapsed, type Context } from "./context";
import type { World } from "./world";

/** A message to publish. */
export interface Publication {
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
  /** Role with whose rights the message is published; undefined for somebody who may do everything. */
  readonly role: string | undefined;
  /** How many invocations in a row have caused the message. */
  readonly depth?: number;
  readonly instance?: string | undefined;
}

/** The own policies of somebody who may do everything. */
const everything: readonly Statement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

/** SNS: delivers messages to the functions that have subscribed, at least once and in no order. */
export class Topics {
  private sequence = 0;

  constructor(
    private readonly context: Context,
    private readonly world: World,
    private readonly receiver: Receiver,
  ) {}

  /** ARNs of all topics. */
  get names(): readonly string[] {
    return [...this.world.topics];
  }

  /** Whether a role may publish to a topic that exists. */
  accepts({ role, topic }: Pick<Publication, "role" | "topic">): boolean {
    if (!this.world.topics.has(topic)) return false;
    const { id, partition } = this.context.account;
    const principal = role ?? `arn:${partition}:iam::${id}:user/operator`;
    const own = role === undefined ? everything : (this.world.roles.get(role) ?? []);
    const request = {
      action: "sns:Publish",
      resource: topic,
      context: { "aws:PrincipalArn": principal, "aws:PrincipalAccount": id, "aws:SourceAccount": id },
    };
    const policy = statementsFor(this.world.topicPolicies.get(topic) ?? [], principal, id);
    return isAllowed([...own, ...policy], request);
  }

  /** @returns whether the topic took the message. */
  publish(publication: Publication): boolean {
    if (!this.accepts(publication)) return false;
    this.sequence += 1;
    const id = this.context.random.uuid(`message/${this.sequence}`);
    for (const { deadLetters, endpoint, topic } of this.world.subscriptions) {
      if (topic !== publication.topic) continue;
      const event = this.event(publication, id);
      const message = { channel: "sns", what: "hook", instance: publication.instance } as const;
      if (!mayInvoke(this.world, endpoint, "sns.amazonaws.com", topic)) {
        this.context.record({ kind: "message", ...message, fate: "refused" });
        if (deadLetters && maySend(this.world, deadLetters, topic))
          this.receiver.putAside(deadLetters, event);
        continue;
      }
      const delays = this.context.behaviour.deliveries({
        channel: "sns",
        what: "hook",
        id,
        elapsed: elapsed(this.context),
      });
      if (delays.length === 0) this.context.record({ kind: "message", ...message, fate: "lost" });
      delays.forEach((delay, copy) =>
        this.context.clock.after(delay, () => {
          this.context.record({ kind: "message", ...message, fate: copy === 0 ? "delivered" : "repeated" });
          this.receiver.invokeAsync(endpoint, event, "hook", publication.depth);
        }),
      );
    }
    return true;
  }

  private event({ message, subject, topic }: Publication, id: string): unknown {
    return {
      Records: [
        {
          EventSource: "aws:sns",
          EventVersion: "1.0",
          EventSubscriptionArn: `${topic}:${this.context.random.uuid(`subscription/${topic}`)}`,
          Sns: {
            Type: "Notification",
            MessageId: id,
            TopicArn: topic,
            Subject: subject,
            Message: message,
            Timestamp: new Date(this.context.clock.now()).toISOString(),
            SignatureVersion: "1",
            MessageAttributes: {},
          },
        },
      ],
    };
  }
}
