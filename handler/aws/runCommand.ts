import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandsCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  DescribeInstanceInformationCommand,
  type CloudWatchOutputConfig,
  type CommandFilter,
  type CommandInvocation,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import {
  stepNames,
  type AnnounceParameters,
  type DocumentParameters,
  type RouteParameters,
} from "../../contract";
import { parseParameters } from "../events";
import type { Command, Machine } from "../situation";
import type { CommandParameters } from "../trigger";
import type { CallKind, MakeCall } from "./calls";
import { endOf, statusOf, type CommandEnd } from "./commandEnd";
import { commentOf, isAnnouncement, readComment } from "./comment";
import { isDenied, nameOf } from "./errors";
import { sentOrNot, type Sent } from "./refusal";
import { toSecond } from "./second";

/** A document to be run on some instances. */
export interface Job {
  readonly document: string;
  /** At most 50. */
  readonly instances: readonly string[];
  readonly parameters: DocumentParameters & Partial<RouteParameters>;
  /** How long the command may wait for the agent, seconds. */
  readonly delivery: number;
  /** How long the command may take in all, seconds. */
  readonly budget: number;
  /** Whether the command is sent before its wait begins. */
  readonly early: boolean;
  /** Log group to which the agent uploads the output of the script; undefined for none. */
  readonly logGroup: string | undefined;
}

/** A document that tells some instances that they were chosen. */
export interface Announcement extends Omit<Job, "early" | "parameters"> {
  readonly parameters: AnnounceParameters;
}

/** A command on one of its instances. */
export interface Invocation extends Command {
  readonly instance: string;
}

/** Which invocations to list: the invocations of a document, since an instant or on one instance. */
export interface InvocationQuery {
  readonly document: string;
  readonly after?: number;
  readonly instance?: string;
  /** Most pages of 50 that are read. */
  readonly pages?: number;
}

/** A command as SSM keeps it. */
export interface SentCommand {
  readonly parameters: CommandParameters | undefined;
  readonly instances: readonly string[];
  /** By AWS's clock, ms since 1970. */
  readonly requestedAt: number;
  /** Whether a handler sent the command, not somebody by hand. */
  readonly isOurs: boolean;
  /** Whether it is a command of a handler that tells its instances that they were chosen, and counts for nothing else. */
  readonly isAnnouncement: boolean;
}

/** How a command stands on one of its instances. */
export interface Result extends CommandEnd {
  readonly instance: string;
}

/** The calls of Run Command that the handler uses. */
export interface RunCommand {
  send(job: Job): Promise<Sent>;
  announce(announcement: Announcement): Promise<Sent>;
  /** Cancels a command on an instance. */
  cancel(commandId: string, instance: string): Promise<void>;
  /** Oldest first; undefined if there are more pages than are to be read. */
  invocations(query: InvocationQuery): Promise<Invocation[] | undefined>;
  /** How a command ended on an instance; undefined if SSM does not show it (yet). */
  end(commandId: string, instance: string): Promise<CommandEnd | undefined>;
  /** How a command stands on each of its instances; an output is cut to its first 2,500 characters. */
  results(commandId: string): Promise<Result[]>;
  /** A command; undefined if no command has that id. */
  command(id: string): Promise<SentCommand | undefined>;
  /** What SSM knows of machines. */
  machines(instances: readonly string[]): Promise<ReadonlyMap<string, Machine>>;
}

/** Most instances that a call of DescribeInstanceInformation asks about, and shows. */
const machinesAtOnce = 50;

/** Run Command through the client of the AWS SDK. */
export function createRunCommand(client: SSMClient, make: MakeCall): RunCommand {
  return {
    send: (job) => order("send", job, commentOf({ ...job, purpose: job.parameters.transition })),

    // No stop script waits for an announcement.
    announce: (announcement) =>
      order("ask", announcement, commentOf({ ...announcement, early: false, purpose: "announce" })),

    async cancel(commandId, instance) {
      const command = new CancelCommandCommand({ CommandId: commandId, InstanceIds: [instance] });
      await make("cancel", () => client.send(command));
    },

    async invocations({ after, document, instance, pages = Infinity }) {
      const found: Invocation[] = [];
      const Filters: CommandFilter[] = [
        { key: "DocumentName", value: document },
        ...(after === undefined ? [] : [{ key: "InvokedAfter" as const, value: toSecond(after) }]),
      ];
      let token: string | undefined;
      for (let page = 1; ; page += 1) {
        const command = new ListCommandInvocationsCommand({
          Filters,
          MaxResults: 50,
          ...(instance === undefined ? {} : { InstanceId: instance }),
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const { CommandInvocations = [], NextToken } = await make("read", () => client.send(command));
        found.push(...CommandInvocations.flatMap(invocationOf));
        if (!NextToken) break;
        if (page >= pages) return undefined;
        token = NextToken;
      }
      return found.sort((one, other) => one.requestedAt - other.requestedAt);
    },

    async end(commandId, instance) {
      for (const step of Object.values(stepNames)) {
        const command = new GetCommandInvocationCommand({
          CommandId: commandId,
          InstanceId: instance,
          PluginName: step,
        });
        const found = await unless("InvocationDoesNotExist", () =>
          // A role that may not ask gets no result of the script.
          unlessDenied(() => make("read", () => client.send(command)), noWord),
        );
        // The agent skips steps for other platforms, which SSM calls a success.
        if (found?.Status === "Success") continue;
        return found && endOf(found);
      }
      // A command that did not succeed though all of its steps did says nothing about the script.
      return endOf(noWord);
    },

    async results(commandId) {
      // A command has at most 50 instances, so one page has them all.
      const command = new ListCommandInvocationsCommand({
        CommandId: commandId,
        Details: true,
        MaxResults: 50,
      });
      const { CommandInvocations = [] } = await make("read", () => client.send(command));
      return CommandInvocations.map(resultOf);
    },

    async command(id) {
      const found = await unless("InvalidCommandId", () =>
        make("read", () => client.send(new ListCommandsCommand({ CommandId: id }))),
      );
      const command = found?.Commands?.[0];
      if (command === undefined) return undefined;
      return {
        parameters: parseParameters(command.Parameters),
        instances: command.InstanceIds ?? [],
        requestedAt: command.RequestedDateTime?.getTime() ?? 0,
        isOurs: readComment(command.Comment) !== undefined && !isAnnouncement(command.Comment),
        isAnnouncement: isAnnouncement(command.Comment),
      };
    },

    async machines(instances) {
      const found = new Map<string, Machine>(instances.map((id) => [id, "gone"]));
      for (let from = 0; from < instances.length; from += machinesAtOnce) {
        const Values = instances.slice(from, from + machinesAtOnce);
        const command = new DescribeInstanceInformationCommand({
          Filters: [{ Key: "InstanceIds", Values }],
          MaxResults: machinesAtOnce,
        });
        const answer = await unlessDenied(() => make("read", () => client.send(command)), undefined);
        // A role that may not ask takes every machine for a running machine.
        const known =
          answer?.InstanceInformationList ?? Values.map((id) => ({ InstanceId: id, PingStatus: "Online" }));
        for (const { InstanceId, PingStatus } of known)
          if (InstanceId !== undefined) found.set(InstanceId, PingStatus === "Online" ? "there" : "silent");
      }
      return found;
    },
  };

  async function order(
    kind: CallKind,
    { delivery, document, instances, logGroup, parameters }: Job | Announcement,
    comment: string,
  ): Promise<Sent> {
    const command = new SendCommandCommand({
      DocumentName: document,
      InstanceIds: [...instances],
      Parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
      TimeoutSeconds: delivery,
      // AWS's pages disagree whether one failure of one instance reaches 100 %; on 0, the default, they agree.
      ...(instances.length > 1 ? { MaxErrors: "100%" } : {}),
      Comment: comment,
      // With a log group the agent asks CloudWatch Logs before it starts the script, for minutes without an answer.
      ...(logGroup === undefined ? {} : { CloudWatchOutputConfig: outputTo(logGroup) }),
    });
    return sentOrNot(instances, async () => {
      const { Command } = await make(kind, () => client.send(command));
      return {
        commandId: Command?.CommandId ?? "",
        requestedAt: Command?.RequestedDateTime?.getTime() ?? 0,
      };
    });
  }
}

/** An invocation of a command that a handler sent; a command that somebody ran by hand does not count. */
function invocationOf(one: CommandInvocation): Invocation[] {
  const facts = readComment(one.Comment);
  if (facts === undefined) return [];
  return [
    {
      id: one.CommandId ?? "",
      instance: one.InstanceId ?? "",
      requestedAt: one.RequestedDateTime?.getTime() ?? 0,
      status: statusOf(one),
      ...facts,
    },
  ];
}

/** The step that decides: the agent skips steps for other platforms, which SSM calls a success. */
function resultOf(one: CommandInvocation): Result {
  const { CommandPlugins = [], InstanceId = "", Status, StatusDetails } = one;
  const step = CommandPlugins.find((plugin) => plugin.Status !== "Success");
  const end = endOf({
    Status,
    StatusDetails,
    ...(step === undefined
      ? {}
      : {
          ResponseCode: step.ResponseCode,
          ExecutionStartDateTime: step.ResponseStartDateTime?.toISOString(),
          ExecutionEndDateTime: step.ResponseFinishDateTime?.toISOString(),
          StandardOutputContent: step.Output,
        }),
  });
  return { instance: InstanceId, ...end };
}

function outputTo(logGroup: string): CloudWatchOutputConfig {
  return { CloudWatchLogGroupName: logGroup, CloudWatchOutputEnabled: true };
}

/** The answer of a call; undefined if its error has this name. */
async function unless<T>(name: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (nameOf(error) === name) return undefined;
    throw error;
  }
}

/** The answer of a call; another value if the role may not make the call. */
async function unlessDenied<T, U>(call: () => Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await call();
  } catch (error) {
    if (isDenied(error)) return otherwise;
    throw error;
  }
}

/** A step that says nothing about the script. */
const noWord = { Status: "Failed", StatusDetails: "Failed" } as const;
