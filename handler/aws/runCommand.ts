import {
  CancelCommandCommand,
  ListCommandsCommand,
  SendCommandCommand,
  paginateListCommandInvocations,
  type CommandInvocation,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { DocumentParameters } from "../../contract";
import { parseParameters } from "../events";
import type { Command, CommandStatus } from "../situation";
import type { CommandParameters } from "../trigger";
import { describe, nameOf } from "./errors";

/** A document to be run on some instances. */
export interface Job {
  readonly document: string;
  /** At most 50. */
  readonly instances: readonly string[];
  readonly parameters: DocumentParameters;
  /** How long the command may wait for the agent, seconds. */
  readonly delivery: number;
  /** Whether it is sent ahead of the wait that it is for. */
  readonly early: boolean;
  /** Log group for the output of the script. */
  readonly logGroup: string;
}

/** What became of a job: `refused` names the instances that SSM does not take, none if it does not say which. */
export type Sent =
  | { readonly kind: "sent"; readonly commandId: string }
  | { readonly kind: "refused"; readonly instances: readonly string[] }
  | { readonly kind: "failed"; readonly error: string };

/** A command on one of its instances. */
export interface Invocation extends Command {
  readonly instance: string;
}

/** Which invocations to list: those of a document, since an instant or on one instance. */
export interface InvocationQuery {
  readonly document: string;
  readonly after?: number;
  readonly instance?: string;
}

/** The calls of Run Command that the handler uses. */
export interface RunCommand {
  send(job: Job): Promise<Sent>;
  /** Takes a command back from an instance. */
  cancel(commandId: string, instance: string): Promise<void>;
  invocations(query: InvocationQuery): Promise<Invocation[]>;
  /** Parameters and instances of a command; undefined if there is none of that id. */
  command(
    id: string,
  ): Promise<{ parameters: CommandParameters | undefined; instances: readonly string[] } | undefined>;
}

/** How the comment of a command ends that was sent ahead of the wait that it is for; lists show it. */
const earlyMark = "before the hook fires";

/** Run Command through the client of the AWS SDK. */
export function createRunCommand(client: SSMClient): RunCommand {
  return {
    async send({ delivery, document, early, instances, logGroup, parameters }) {
      try {
        const { Command } = await client.send(
          new SendCommandCommand({
            DocumentName: document,
            InstanceIds: [...instances],
            Parameters: Object.fromEntries(
              Object.entries(parameters).map(([name, value]) => [name, [value]]),
            ),
            TimeoutSeconds: delivery,
            MaxErrors: "100%",
            Comment: `${parameters.transition} ${early ? earlyMark : parameters.token}`.trim(),
            CloudWatchOutputConfig: { CloudWatchLogGroupName: logGroup, CloudWatchOutputEnabled: true },
          }),
        );
        return { kind: "sent", commandId: Command?.CommandId ?? "" };
      } catch (error) {
        if (nameOf(error) !== "InvalidInstanceId") return { kind: "failed", error: describe(error) };
        return { kind: "refused", instances: idsIn(error, instances) };
      }
    },

    async cancel(commandId, instance) {
      await client.send(new CancelCommandCommand({ CommandId: commandId, InstanceIds: [instance] }));
    },

    async invocations({ after, document, instance }) {
      const found: Invocation[] = [];
      const Filters = [{ key: "DocumentName" as const, value: document }];
      const query =
        after === undefined
          ? { Filters }
          : { Filters: [...Filters, { key: "InvokedAfter" as const, value: toSecond(after) }] };
      const input = instance === undefined ? query : { ...query, InstanceId: instance };
      for await (const page of paginateListCommandInvocations({ client, pageSize: 50 }, input)) {
        for (const one of page.CommandInvocations ?? []) {
          found.push({
            id: one.CommandId ?? "",
            instance: one.InstanceId ?? "",
            requestedAt: one.RequestedDateTime?.getTime() ?? 0,
            status: statusOf(one),
            early: one.Comment?.endsWith(earlyMark) ?? false,
          });
        }
      }
      return found.sort((one, other) => one.requestedAt - other.requestedAt);
    },

    async command(id) {
      const { Commands = [] } = await client.send(new ListCommandsCommand({ CommandId: id }));
      const command = Commands[0];
      if (command === undefined) return undefined;
      return {
        parameters: parseParameters(command.Parameters),
        instances: command.InstanceIds ?? [],
      };
    },
  };
}

/** Statuses that mean that the agent never got the command. Details are spelled with or without blanks. */
const undeliveredDetails = new Set(["deliverytimedout", "undeliverable", "terminated"]);

function statusOf({ Status, StatusDetails = "" }: CommandInvocation): CommandStatus {
  if (undeliveredDetails.has(StatusDetails.replaceAll(" ", "").toLowerCase())) return "undelivered";
  switch (Status) {
    case "Success":
      return "succeeded";
    case "Failed":
    case "TimedOut":
      return "failed";
    case "Cancelled":
      return "cancelled";
    case "InProgress":
    case "Cancelling":
      return "running";
    case "Pending":
    case "Delayed":
    case undefined:
      return "pending";
  }
}

/** Instances that an error names, of those that were asked for. */
function idsIn(error: unknown, instances: readonly string[]): string[] {
  const text = error instanceof Error ? error.message : "";
  return instances.filter((instance) => text.includes(instance));
}

/** SSM's filters take instants without a fraction. */
function toSecond(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
