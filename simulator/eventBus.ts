import { matchPattern } from "../contract";
import { isAllowed } from "./iam";
import { periodOf } from "./schedule";
import { elapsed, type Context } from "./context";
import type { RuleSettings, World } from "./world";

/** Takes an event for a function, or a message that cannot be delivered. */
export interface Receiver {
  /**
   * Queues an event; Lambda invokes the function with it sooner or later.
   * @param depth how many invocations in a row have caused the event
   */
  invokeAsync(functionArn: string, event: unknown, trigger: string, depth?: number): void;
  /** Puts something into a dead-letter queue. */
  putAside(queueArn: string, body: unknown): void;
}

/** An event of a service, without what EventBridge adds. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  readonly instance?: string | undefined;
  /** The account of the event; the simulator's account, unless the bus takes events of other accounts. */
  readonly account?: string;
}

/** An event that a customer puts. */
export interface CustomEvent {
  /** ARN of the bus. */
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** EventBridge's default bus: rules, schedules, targets; best effort, as AWS calls it. */
export class EventBus {
  private sequence = 0;
  private puts = 0;

  constructor(
    private readonly context: Context,
    private readonly world: World,
    private readonly receiver: Receiver,
  ) {}

  /** Starts the schedules; each rule ticks at a second of its own. */
  startSchedules(): void {
    for (const rule of this.world.rules) {
      if (rule.scheduleExpression !== undefined)
        this.tick(rule, this.firstTick(rule), periodOf(rule.scheduleExpression));
    }
  }

  put(event: ServiceEvent): void {
    for (const rule of this.world.rules) {
      const envelope = this.envelope(event);
      if (rule.pattern !== undefined && isTaken(rule.pattern, envelope)) this.deliver(rule, envelope, event);
    }
  }

  /**
   * Puts an event of a customer. The rules that the simulator plays are rules of the account's default bus; an event on
   * another bus reaches whoever listens there.
   * @returns the id of the event
   */
  putCustom({ bus, detail, detailType, source }: CustomEvent): string {
    this.context.record({ kind: "event", bus, source, detailType, detail });
    if (bus === this.arnOf("default")) this.put({ source, detailType, resources: [], detail });
    this.puts += 1;
    return this.context.random.uuid(`put/${this.puts}`);
  }

  /** ARN of a bus of this account by its name; an ARN is an ARN already. */
  arnOf(bus: string): string {
    const { id, partition, region } = this.context.account;
    return bus.startsWith("arn:") ? bus : `arn:${partition}:events:${region}:${id}:event-bus/${bus}`;
  }

  private firstTick({ name }: RuleSettings): number {
    return this.context.began + this.context.random.between(`schedule/${name}`, 0, 59) * 1000;
  }

  private tick(rule: RuleSettings, due: number, period: number): void {
    this.context.clock.at(due, () => {
      const event = {
        source: "aws.events",
        detailType: "Scheduled Event",
        resources: [rule.arn],
        detail: {},
      };
      this.deliver(rule, this.envelope(event), event);
      this.tick(rule, due + period, period);
    });
  }

  private envelope({
    account = this.context.account.id,
    detail,
    detailType,
    resources,
    source,
  }: ServiceEvent): Readonly<Record<string, unknown>> {
    this.sequence += 1;
    return {
      version: "0",
      id: this.context.random.uuid(`event/${this.sequence}`),
      "detail-type": detailType,
      source,
      account,
      time: toSecond(this.context.clock.now()),
      region: this.context.account.region,
      resources,
      detail,
    };
  }

  private deliver(
    rule: RuleSettings,
    envelope: Readonly<Record<string, unknown>>,
    event: ServiceEvent,
  ): void {
    const { context } = this;
    for (const target of rule.targets) {
      const message = { channel: "eventbridge", what: event.detailType, instance: event.instance } as const;
      if (!this.mayInvoke(rule, target.arn)) {
        context.record({ kind: "message", ...message, fate: "refused" });
        if (target.deadLetters !== undefined && this.mayPutAside(rule, target.deadLetters)) {
          this.receiver.putAside(target.deadLetters, envelope);
        }
        continue;
      }
      const delays = context.behaviour.deliveries({
        channel: "eventbridge",
        what: event.detailType,
        id: `${rule.name}/${String(envelope["id"])}`,
        elapsed: elapsed(context),
      });
      if (delays.length === 0) context.record({ kind: "message", ...message, fate: "lost" });
      delays.forEach((delay, copy) =>
        context.clock.after(delay, () => {
          context.record({ kind: "message", ...message, fate: copy === 0 ? "delivered" : "repeated" });
          this.receiver.invokeAsync(target.arn, envelope, event.detailType);
        }),
      );
    }
  }

  private mayInvoke(rule: RuleSettings, functionArn: string): boolean {
    return mayInvoke(this.world, functionArn, "events.amazonaws.com", rule.arn);
  }

  private mayPutAside(rule: RuleSettings, queueArn: string): boolean {
    return maySend(this.world, queueArn, rule.arn);
  }
}

/** Whether the function's own policy lets a service invoke it on behalf of a resource. */
export function mayInvoke(world: World, functionArn: string, principal: string, sourceArn: string): boolean {
  const target = world.functions.find(({ arn }) => arn === functionArn);
  return world.permissions.some(
    (one) =>
      (one.function === target?.name || one.function === functionArn) &&
      one.principal === principal &&
      (one.sourceArn === "" || one.sourceArn === sourceArn),
  );
}

/** Whether the queue's policy lets a resource send a message to the queue. */
export function maySend(world: World, queueArn: string, sourceArn: string): boolean {
  const statements = world.queues.get(queueArn) ?? [];
  const context = { "aws:SourceArn": sourceArn };
  return isAllowed(statements, { action: "sqs:SendMessage", resource: queueArn, context });
}

/** Events have a time without a fraction. */
export function toSecond(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whether a rule matches an event; a world has no rules whose patterns are not modelled. */
function isTaken(pattern: unknown, event: unknown): boolean {
  const match = matchPattern(pattern, event);
  if (match === undefined) throw new Error(`this event pattern is not modelled: ${JSON.stringify(pattern)}`);
  return match;
}
