import { holdTag, readHold, writeHold } from "../contract";
import type { AutoScaling } from "./autoScaling/service";
import type { Instance } from "./autoScaling/model";
import type { Context } from "./context";
import type { EventBus } from "./eventBus";

/** An event that EC2 has scheduled for an instance. */
export interface ScheduledEvent {
  readonly code: "instance-retirement" | "instance-stop";
  readonly description: string;
  /** From when on EC2 carries it out, ms since 1970. */
  readonly notBefore: number;
}

/** How a retirement is announced. */
export interface Announcement {
  /** When EC2 stops the machines, ms from now. */
  readonly after: number;
  /** Whether AWS Health sends its event. */
  readonly isTold: boolean;
}

/** What EC2 announces about machines, and the tags of instances. */
export class Ec2 {
  private readonly scheduled = new Map<string, ScheduledEvent[]>();
  private sequence = 0;

  constructor(
    private readonly context: Context,
    private readonly autoScaling: AutoScaling,
    private readonly bus: EventBus,
  ) {}

  /**
   * AWS retires the hardware of instances: it says so days ahead, by an event of AWS Health and in the status of the
   * instances, and stops their machines at the date. Auto Scaling takes an instance with a scheduled event for unhealthy,
   * and terminates it when the date has come. Sources: EC2, scheduled events; Auto Scaling, health checks; AWS Health,
   * events on EventBridge.
   */
  retire(instances: readonly Instance[], { after, isTold }: Announcement): void {
    const running = instances.filter(({ isRunning }) => isRunning);
    const notBefore = this.context.clock.now() + after;
    const event: ScheduledEvent = {
      code: "instance-retirement",
      description: "The instance is running on degraded hardware",
      notBefore,
    };
    for (const instance of running) {
      this.scheduled.set(instance.id, [...(this.scheduled.get(instance.id) ?? []), event]);
      this.announce(instance, "retirement");
      this.context.clock.at(notBefore, () => {
        this.autoScaling.lifecycle.lost(instance, "EC2 retires its hardware");
      });
    }
    if (isTold && running.length > 0) this.bus.put(this.healthEvent(running, notBefore));
  }

  /**
   * EC2 recommends to rebalance a Spot instance. A group with capacity rebalancing launches another instance, waits
   * until it is in service, and terminates the first. Source: Auto Scaling, Capacity Rebalancing.
   */
  recommendRebalance(instance: Instance): void {
    const { id, region, partition } = this.context.account;
    this.announce(instance, "rebalance");
    this.bus.put({
      source: "aws.ec2",
      detailType: "EC2 Instance Rebalance Recommendation",
      resources: [`arn:${partition}:ec2:${region}:${id}:instance/${instance.id}`],
      detail: { "instance-id": instance.id },
      instance: instance.id,
    });
    if (instance.group.settings.capacityRebalance === true) this.autoScaling.rebalance(instance);
  }

  /** Running instances, with what is scheduled for them. */
  statuses(): readonly { readonly id: string; readonly events: readonly ScheduledEvent[] }[] {
    return [...this.known.values()]
      .filter(({ isRunning }) => isRunning)
      .map(({ id }) => ({ id, events: this.scheduled.get(id) ?? [] }));
  }

  tags(): readonly { readonly instance: string; readonly key: string; readonly value: string }[] {
    return [...this.known.values()].flatMap(({ id, tags }) =>
      Object.entries(tags).map(([key, value]) => ({ instance: id, key, value })),
    );
  }

  exists(id: string): boolean {
    return this.known.has(id);
  }

  tagsOf(id: string): Readonly<Record<string, string>> {
    return this.known.get(id)?.tags ?? {};
  }

  tag(id: string, tags: Readonly<Record<string, string>>): void {
    const instance = this.known.get(id);
    if (instance === undefined) return;
    instance.tags = { ...instance.tags, ...tags };
    if (holdTag in tags) this.recordHold(instance);
  }

  /** Deletes tags; a tag with another value than the one that is named stays. */
  untag(id: string, gone: readonly { readonly key: string; readonly value: string | undefined }[]): void {
    const instance = this.known.get(id);
    if (instance === undefined) return;
    const isGone = (key: string, value: string) =>
      gone.some((one) => one.key === key && (one.value === undefined || one.value === value));
    instance.tags = Object.fromEntries(
      Object.entries(instance.tags).filter(([key, value]) => !isGone(key, value)),
    );
    if (gone.some(({ key }) => key === holdTag)) this.recordHold(instance);
  }

  /** An operator holds an instance until an instant, ms since 1970: the failure policy waits. */
  hold(id: string, until: number): void {
    this.tag(id, { [holdTag]: writeHold(until) });
  }

  arnOf(instance: string): string {
    const { id, partition, region } = this.context.account;
    return `arn:${partition}:ec2:${region}:${id}:instance/${instance}`;
  }

  private get known(): ReadonlyMap<string, Instance> {
    return this.autoScaling.instances.known;
  }

  private recordHold({ group, id, tags }: Instance): void {
    const until = readHold(tags[holdTag] ?? "");
    this.context.record({ kind: "hold", group: group.settings.name, instance: id, until });
  }

  private announce({ group, id }: Instance, what: "retirement" | "rebalance"): void {
    this.context.record({ kind: "announcement", group: group.settings.name, instance: id, what });
  }

  /** The event of AWS Health. Entities are ids in some examples of AWS and ARNs in others, so here they are both. */
  healthEvent(instances: readonly Instance[], notBefore: number) {
    const { id: account, partition, region } = this.context.account;
    this.sequence += 1;
    const code = "AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED";
    const [first] = instances;
    return {
      source: "aws.health",
      detailType: "AWS Health Event",
      resources: instances.map(({ id }) => id),
      detail: {
        eventArn: `arn:${partition}:health:${region}::event/EC2/${code}/${code}_${this.sequence}`,
        service: "EC2",
        eventTypeCode: code,
        eventTypeCategory: "scheduledChange",
        eventScopeCode: "ACCOUNT_SPECIFIC",
        communicationId: `${this.sequence}-1`,
        startTime: new Date(notBefore).toUTCString(),
        lastUpdatedTime: new Date(this.context.clock.now()).toUTCString(),
        statusCode: "open",
        eventRegion: region,
        eventDescription: [
          { language: "en_US", latestDescription: "The hardware of your instance degrades." },
        ],
        affectedEntities: instances.map(({ id }, index) => ({
          entityValue: index % 2 === 0 ? id : this.arnOf(id),
          status: "PENDING",
        })),
        affectedAccount: account,
        page: "1",
        totalPages: "1",
        backupEvent: "false",
      },
      ...(first !== undefined && instances.length === 1 ? { instance: first.id } : {}),
    };
  }
}
