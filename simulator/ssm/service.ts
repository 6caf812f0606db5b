import type { AutoScaling } from "../autoScaling/service";
import type { Instance } from "../autoScaling/model";
import type { EventBus } from "../eventBus";
import { ServiceError } from "../errors";
import type { Context } from "../context";
import type { World } from "../world";
import { isOver, statusOf, type Command, type CommandStatus, type Invocation } from "./command";
import { announces, readDocument, type DocumentFacts } from "./document";
import type { Fleet } from "./fleet";
import { CommandHistory, type Wanted } from "./history";
import { refusedByService } from "./parameters";

/** The request of a SendCommand. */
export interface Order {
  readonly document: string;
  readonly instances: readonly string[];
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly comment: string;
  readonly delivery: number;
  readonly maxErrors: string;
  readonly logGroup: string | undefined;
}

/** A command of the past. */
export interface Past {
  readonly document: string;
  readonly instances: readonly string[];
  readonly parameters?: Command["parameters"];
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
  /** Defaults to success. */
  readonly status?: CommandStatus;
  readonly details?: string;
  /** Defaults to none. */
  readonly comment?: string;
}

/** Run Command: sends documents to agents and keeps their results. */
export class RunCommand {
  readonly commands = new Map<string, Command>();
  readonly documents = new Map<string, DocumentFacts>();
  private readonly history = new CommandHistory();

  constructor(
    private readonly context: Context,
    world: World,
    private readonly bus: EventBus,
    private readonly autoScaling: AutoScaling,
    private readonly fleet: Fleet,
  ) {
    for (const [name, content] of world.documents) this.documents.set(name, readDocument(name, content));
    fleet.report = (command, invocation, status, details, code, { output = "", why }) => {
      invocation.output = output;
      this.change(command, invocation, status, details, code, why);
    };
  }

  /** Sends a document to instances that SSM can reach, all of them or none. */
  send(order: Order): Command {
    const document = this.documents.get(order.document);
    if (document === undefined)
      throw new ServiceError("InvalidDocument", `Document with name ${order.document} does not exist.`);
    const objection = refusedByService(document.parameters, order.parameters);
    if (objection !== undefined) throw new ServiceError("InvalidParameters", objection);
    const refused = order.instances.filter((id) => !this.fleet.isReachable(id));
    if (refused.length > 0) {
      const names = this.context.behaviour.namesRefused(refused);
      const message = `Instances [[${refused.join(", ")}]] not in a valid state for account ${this.context.account.id}`;
      throw new ServiceError("InvalidInstanceId", names ? message : "");
    }
    const now = this.context.clock.now();
    const id = this.context.random.uuid(`command/${this.commands.size + 1}`);
    const command: Command = {
      id,
      document,
      parameters: order.parameters,
      comment: order.comment,
      delivery: order.delivery,
      maxErrors: order.maxErrors,
      logGroup: order.logGroup,
      requestedAt: now,
      listedFrom: now + this.context.behaviour.listingLag(id),
      invocations: new Map(
        order.instances.map((instance) => [
          instance,
          newInvocation(instance, this.history.of(instance).length),
        ]),
      ),
      status: "Pending",
    };
    this.commands.set(id, command);
    this.history.add(command);
    for (const invocation of command.invocations.values()) {
      this.record(command, invocation);
      this.deliver(command, invocation);
    }
    this.context.clock.after((order.delivery + document.totalTimeout) * 1000, () => {
      this.expire(command);
    });
    return command;
  }

  /** Whether SSM takes a command for an instance. */
  isReachable(instance: string): boolean {
    return this.fleet.isReachable(instance);
  }

  /** Hands a command to an agent, or gives it up. */
  private deliver(command: Command, invocation: Invocation): void {
    const { random, clock, behaviour } = this.context;
    const { earlier, instance } = invocation;
    const facts = { command: command.id, instance, earlier };
    const cancelled = behaviour.cancelledAfter(facts);
    if (cancelled !== undefined) {
      clock.after(cancelled, () => {
        this.cancel(command, [instance]);
      });
    }
    const details = behaviour.undelivered(facts);
    if (details === undefined) {
      this.fleet.offer(instance, command);
      return;
    }
    clock.after(random.between(`givenUp/${instance}/${command.id}`, 300, 1_500), () => {
      this.change(command, invocation, "Failed", details, -1);
    });
  }

  cancel(command: Command, instances: readonly string[]): void {
    for (const invocation of command.invocations.values()) {
      if (instances.length > 0 && !instances.includes(invocation.instance)) continue;
      if (isOver(invocation.status)) continue;
      this.fleet.cancel(invocation.instance, command);
      this.change(command, invocation, "Cancelled", "Cancelled", -1);
    }
  }

  /** Commands that lists show by now, newest first: of a document or on an instance, since an instant. */
  listed(wanted: Wanted): Command[] {
    const now = this.context.clock.now();
    return this.history.newest(wanted).filter(({ listedFrom }) => listedFrom <= now);
  }

  /** Puts a command that is over into the history: nobody runs it, and no event tells of it. */
  remember({
    comment = "",
    details = "Success",
    document,
    instances,
    parameters = {},
    requestedAt,
    status = "Success",
  }: Past): void {
    const facts = this.documents.get(document);
    if (facts === undefined) throw new Error(`there is no document ${document}`);
    const ended = { status, details, responseCode: status === "Success" ? 0 : 1, startedAt: requestedAt };
    const invocations = instances.map((instance): [string, Invocation] => [
      instance,
      {
        ...newInvocation(instance, this.history.of(instance).length),
        ...ended,
        endedAt: requestedAt + 1_000,
      },
    ]);
    const command: Command = {
      id: this.context.random.uuid(`past/${this.commands.size + 1}`),
      document: facts,
      parameters,
      comment,
      delivery: 30,
      maxErrors: "0",
      logGroup: undefined,
      requestedAt,
      listedFrom: requestedAt,
      invocations: new Map(invocations),
      status,
    };
    this.commands.set(command.id, command);
    this.history.add(command);
  }

  /** The instance of an id, in any group that it is or was in. */
  instance(id: string): Instance | undefined {
    return this.autoScaling.instances.known.get(id);
  }

  /** A result that no agent has reported by now never comes. */
  private expire(command: Command): void {
    for (const invocation of command.invocations.values()) {
      if (!isOver(invocation.status)) this.change(command, invocation, "TimedOut", "DeliveryTimedOut", -1);
    }
  }

  private change(
    command: Command,
    invocation: Invocation,
    status: Invocation["status"],
    details: string,
    code: number,
    why?: string,
  ): void {
    if (isOver(invocation.status)) return;
    const now = this.context.clock.now();
    Object.assign(invocation, { status, details, responseCode: code });
    if (status === "InProgress") invocation.startedAt = now;
    if (isOver(status)) invocation.endedAt = now;
    this.record(command, invocation, why);
    this.bus.put(this.invocationEvent(command, invocation));
    const before = command.status;
    command.status = statusOf(command);
    if (command.status !== before) this.bus.put(this.commandEvent(command));
  }

  private invocationEvent(command: Command, { instance, status }: Invocation) {
    return {
      source: "aws.ssm",
      detailType: "EC2 Command Invocation Status-change Notification",
      resources: [this.arnOf(instance)],
      detail: {
        "command-id": command.id,
        "document-name": command.document.name,
        "instance-id": instance,
        "requested-date-time": new Date(command.requestedAt).toISOString(),
        status,
      },
      instance,
    };
  }

  private commandEvent(command: Command) {
    const instances = [...command.invocations.keys()];
    return {
      source: "aws.ssm",
      detailType: "EC2 Command Status-change Notification",
      resources: instances.map((instance) => this.arnOf(instance)),
      detail: {
        "command-id": command.id,
        "document-name": command.document.name,
        "expire-after": new Date(
          command.requestedAt + (command.delivery + command.document.totalTimeout) * 1000,
        ).toISOString(),
        parameters: command.parameters,
        "requested-date-time": new Date(command.requestedAt).toISOString(),
        status: command.status,
      },
      instance: instances.length === 1 ? instances[0] : undefined,
    };
  }

  private arnOf(instance: string): string {
    const { id, partition, region } = this.context.account;
    return `arn:${partition}:ec2:${region}:${id}:instance/${instance}`;
  }

  private record(
    command: Command,
    { details, instance, responseCode, status }: Invocation,
    why?: string,
  ): void {
    // A check is no part of the way of an instance; its answer is in the record.
    if (command.document.isBusyCheck) return;
    this.context.record({
      kind: "command",
      command: command.id,
      document: command.document.name,
      comment: command.comment,
      instance,
      status,
      details,
      code: responseCode,
      ...(announces(command.document) ? { announces: true } : {}),
      ...(why === undefined ? {} : { why }),
    });
  }
}

function newInvocation(instance: string, earlier: number): Invocation {
  return {
    instance,
    earlier,
    status: "Pending",
    details: "Pending",
    responseCode: -1,
    output: "",
    startedAt: undefined,
    endedAt: undefined,
  };
}
