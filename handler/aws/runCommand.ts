import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandsCommand,
  SendCommandCommand,
  paginateListCommandInvocations,
  type CloudWatchOutputConfig,
  type CommandInvocation,
  type GetCommandInvocationResult,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import { stepNames, type DocumentParameters } from "../../contract";
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
  /** Log group to which the agent brings the output of the script; undefined for none. */
  readonly logGroup: string | undefined;
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

/** How a command ended on an instance. */
export interface Result {
  readonly status: CommandStatus;
  /** The end of what its script has written. */
  readonly output: string;
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
  /** How a command ended on an instance; undefined if SSM does not show it (yet). */
  result(commandId: string, instance: string): Promise<Result | undefined>;
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
            // Whether one failure of one instance reaches 100 % AWS's pages do not agree on; of 0, the default, they do.
            ...(instances.length > 1 ? { MaxErrors: "100%" } : {}),
            Comment: `${parameters.transition} ${early ? earlyMark : parameters.action}`.trim(),
            // With it the agent asks CloudWatch Logs before it starts the script, for minutes if there is no answer.
            ...(logGroup === undefined ? {} : { CloudWatchOutputConfig: outputTo(logGroup) }),
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

    async result(commandId, instance) {
      for (const step of Object.values(stepNames)) {
        const found = await unless("InvocationDoesNotExist", () =>
          client.send(
            new GetCommandInvocationCommand({
              CommandId: commandId,
              InstanceId: instance,
              PluginName: step,
            }),
          ),
        );
        // Steps for other platforms were skipped, which is a success to SSM.
        if (found?.Status === "Success") continue;
        return found && { status: statusOf(found), output: tailOf(found) };
      }
      return { status: "succeeded", output: "" };
    },

    async command(id) {
      const found = await unless("InvalidCommandId", () =>
        client.send(new ListCommandsCommand({ CommandId: id })),
      );
      const command = found?.Commands?.[0];
      if (command === undefined) return undefined;
      return {
        parameters: parseParameters(command.Parameters),
        instances: command.InstanceIds ?? [],
      };
    },
  };
}

function outputTo(logGroup: string): CloudWatchOutputConfig {
  return { CloudWatchLogGroupName: logGroup, CloudWatchOutputEnabled: true };
}

/** What a call answers; undefined if its error has this name. */
async function unless<T>(name: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (nameOf(error) === name) return undefined;
    throw error;
  }
}

/** How much of an output is of interest, characters: what ended a script is at its end. */
const tailLength = 2_000;

/** Scripts write to standard output; what the agent itself has to say is in the other stream. */
function tailOf({
  StandardErrorContent = "",
  StandardOutputContent = "",
}: Pick<GetCommandInvocationResult, "StandardErrorContent" | "StandardOutputContent">): string {
  const all = [StandardOutputContent, StandardErrorContent].map((text) => text.trimEnd());
  return all.filter(Boolean).join("\n").slice(-tailLength);
}

/** Statuses that mean that no script has run. Details are spelled with or without blanks. */
const undeliveredDetails = new Set([
  "deliverytimedout",
  "undeliverable",
  "terminated",
  "invalidplatform",
  "accessdenied",
]);

function statusOf({
  Status,
  StatusDetails = "",
}: Pick<CommandInvocation, "Status" | "StatusDetails">): CommandStatus {
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
