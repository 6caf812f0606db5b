import { instructionRanges } from "../../contract";
import type { Context } from "../context";
import { ServiceError } from "../errors";
import { isError, isOver, type Command, type Invocation } from "../ssm/command";
import type { Fleet } from "../ssm/fleet";
import { stepEnd } from "../ssm/output";
import type { RunCommand } from "../ssm/service";
import { page, type Input } from "./input";
import type { Operation, Output } from "./operation";

/** Most instances of one command. */
const maxInstances = 50;

const instanceId = /^i-(\w{8}|\w{17})$|^mi-\w{17}$/;
const documentName = { pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ };
const commandId = { min: 36, max: 36 };

/** How long a command may wait for its agent, seconds. */
const { delivery } = instructionRanges;

/** Calls of SSM that the simulator answers. */
export function ssmOperations(
  context: Context,
  service: RunCommand,
  fleet: Fleet,
): Readonly<Record<string, Operation>> {
  const { id: account, partition, region } = context.account;
  const onAll = (action: string) => () => [{ action: `ssm:${action}`, resource: "*" }];
  const commandOf = (input: Input): Command => {
    const command = service.commands.get(input.text("CommandId", commandId));
    if (command === undefined) throw new ServiceError("InvalidCommandId", "");
    return command;
  };

  return {
    SendCommand: {
      instances: (input) => input.texts("InstanceIds"),
      requests: (input) => {
        const document = input.text("DocumentName", documentName);
        return [
          {
            action: "ssm:SendCommand",
            resource: `arn:${partition}:ssm:${region}:${account}:document/${document}`,
          },
          ...input.texts("InstanceIds").map((id) => ({
            action: "ssm:SendCommand",
            resource: `arn:${partition}:ec2:${region}:${account}:instance/${id}`,
            context: tagContext(service.instance(id)?.tags ?? {}),
          })),
        ];
      },
      perform: (input) => {
        const instances = input.texts("InstanceIds", { max: maxInstances, pattern: instanceId });
        if (instances.length === 0)
          throw new ServiceError("ValidationException", "You must specify InstanceIds or Targets");
        if (new Set(instances).size < instances.length) throw new ServiceError("DuplicateInstanceId", "");
        const version = input.optionalText("DocumentVersion", { pattern: /^(\$LATEST|\$DEFAULT|[1-9]\d*)$/ });
        if (version !== undefined && /^\d/.test(version) && version !== "1") {
          throw new ServiceError("InvalidDocumentVersion", `The document version ${version} does not exist.`);
        }
        const command = service.send({
          document: input.text("DocumentName", documentName),
          instances,
          parameters: input.textLists("Parameters"),
          comment: input.optionalText("Comment", { min: 0, max: 100 }) ?? "",
          delivery: input.optionalNumber("TimeoutSeconds", delivery.min, delivery.max) ?? 3600,
          logGroup: logGroupOf(input),
          maxErrors: input.optionalText("MaxErrors", { max: 7, pattern: /^(\d+|\d+%)$/ }) ?? "0",
        });
        return { Command: describeCommand(command) };
      },
    },

    CancelCommand: {
      instances: (input) => input.texts("InstanceIds"),
      requests: onAll("CancelCommand"),
      perform: (input) => {
        const command = commandOf(input);
        const instances = input.texts("InstanceIds", { max: maxInstances, pattern: instanceId });
        const foreign = instances.find((id) => !command.invocations.has(id));
        if (foreign !== undefined) throw new ServiceError("InvalidInstanceId", "");
        service.cancel(command, instances);
        return {};
      },
    },

    ListCommands: {
      requests: onAll("ListCommands"),
      perform: (input) => {
        const matching = select(service, input, [
          "InvokedAfter",
          "InvokedBefore",
          "Status",
          "ExecutionStage",
          "DocumentName",
        ]);
        const size = input.optionalNumber("MaxResults", 1, 50) ?? 50;
        const { items, next } = page(matching, size, input.optionalText("NextToken"), "InvalidNextToken");
        return { Commands: items.map(describeCommand), NextToken: next };
      },
    },

    ListCommandInvocations: {
      requests: onAll("ListCommandInvocations"),
      perform: (input) => {
        const matching = select(service, input, ["InvokedAfter", "InvokedBefore", "Status", "DocumentName"]);
        const size = input.optionalNumber("MaxResults", 1, 50) ?? 50;
        const instance = input.optionalText("InstanceId", { pattern: instanceId });
        const hasDetails = input.optionalBoolean("Details") ?? false;
        const wanted = matching.flatMap((command) =>
          [...command.invocations.values()]
            .filter((one) => instance === undefined || one.instance === instance)
            .map((invocation) => describeInvocation(command, invocation, hasDetails)),
        );
        const { items, next } = page(wanted, size, input.optionalText("NextToken"), "InvalidNextToken");
        return { CommandInvocations: items, NextToken: next };
      },
    },

    GetCommandInvocation: {
      requests: onAll("GetCommandInvocation"),
      perform: (input) => {
        const command = commandOf(input);
        const instance = input.text("InstanceId", { pattern: instanceId });
        const invocation = command.invocations.get(instance);
        if (invocation === undefined || command.listedFrom > context.clock.now()) {
          throw new ServiceError("InvocationDoesNotExist", "");
        }
        const step = stepOf(command, input.optionalText("PluginName", { min: 4 }));
        const { code, output, status } = stepEnd(command, invocation, step);
        return {
          CommandId: command.id,
          InstanceId: instance,
          Comment: command.comment,
          DocumentName: command.document.name,
          DocumentVersion: "$DEFAULT",
          PluginName: step,
          ResponseCode: code,
          ExecutionStartDateTime: toText(invocation.startedAt),
          ExecutionEndDateTime: toText(endOfRun(invocation)),
          Status: status,
          StatusDetails: invocation.details,
          StandardOutputContent: output,
          StandardErrorContent: "",
        };
      },
    },

    DescribeInstanceInformation: {
      requests: onAll("DescribeInstanceInformation"),
      perform: (input) => {
        const filters = input.inputs("Filters").filter((filter) => filter.text("Key") === "InstanceIds");
        const ids =
          filters.length === 0
            ? fleet.instances()
            : filters.flatMap((filter) => filter.texts("Values", { max: 100 }));
        const size = input.optionalNumber("MaxResults", 5, 50) ?? 10;
        const known = ids.flatMap((id) => {
          const agent = fleet.agentOf(id);
          return agent ? [{ id, ...agent }] : [];
        });
        const { items, next } = page(known, size, input.optionalText("NextToken"), "InvalidNextToken");
        return {
          InstanceInformationList: items.map(({ id, isOnline, lastSeen }) => ({
            InstanceId: id,
            PingStatus: isOnline ? "Online" : "ConnectionLost",
            LastPingDateTime: new Date(lastSeen),
            AgentVersion: "3.3.987.0",
            PlatformType: "Linux",
            ResourceType: "EC2Instance",
          })),
          NextToken: next,
        };
      },
    },
  };
}

/** Log group to which agents upload the output of a command; undefined for none. */
function logGroupOf(input: Input): string | undefined {
  const config = input.optionalInput("CloudWatchOutputConfig");
  const name = config?.optionalText("CloudWatchLogGroupName", {
    max: 512,
    pattern: /^[.\-_/#A-Za-z0-9]+$/,
  });
  if (config?.optionalBoolean("CloudWatchOutputEnabled") !== true) return undefined;
  return name ?? "/aws/ssm/";
}

/** The step that a call asks for; a call need not name the step of a document that has no other step. */
function stepOf({ document: { steps } }: Command, name: string | undefined): string {
  const [only] = steps;
  const step = name ?? (steps.length === 1 ? only : undefined);
  if (step === undefined || !steps.includes(step)) throw new ServiceError("InvalidPluginName", "");
  return step;
}

function tagContext(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`ssm:resourceTag/${key}`, value],
      [`aws:ResourceTag/${key}`, value],
    ]),
  );
}

/** Commands that lists show, after the filters of a call. */
function select(service: RunCommand, input: Input, allowed: readonly string[]): Command[] {
  const filters = input.inputs("Filters", 5).map((filter) => ({
    key: filter.text("key", { oneOf: allowed }),
    value: filter.text("value", { max: 128 }),
  }));
  const id = input.optionalText("CommandId", commandId);
  if (id !== undefined && !service.commands.has(id)) throw new ServiceError("InvalidCommandId", "");
  const valueOf = (key: string) => filters.find((one) => one.key === key)?.value;
  const after = valueOf("InvokedAfter");
  return service
    .listed({
      id,
      document: valueOf("DocumentName"),
      instance: input.optionalText("InstanceId", { pattern: instanceId }),
      after: after === undefined ? undefined : instantOf(after),
    })
    .filter((command) => filters.every((one) => passes(command, one)));
}

function passes(command: Command, { key, value }: { readonly key: string; readonly value: string }): boolean {
  switch (key) {
    case "InvokedAfter":
      return command.requestedAt > instantOf(value);
    case "InvokedBefore":
      return command.requestedAt < instantOf(value);
    case "Status":
      return command.status === value;
    case "ExecutionStage":
      return isOver(command.status) === (value === "Complete");
    default:
      return command.document.name === value;
  }
}

function instantOf(value: string): number {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(instant))
    throw new ServiceError("ValidationException", `${value} is not an instant such as 2021-07-07T00:00:00Z`);
  return instant;
}

function describeCommand(command: Command): Output {
  const all = [...command.invocations.values()];
  return {
    CommandId: command.id,
    DocumentName: command.document.name,
    DocumentVersion: "$DEFAULT",
    Comment: command.comment,
    ExpiresAfter: new Date(command.requestedAt + (command.delivery + command.document.totalTimeout) * 1000),
    Parameters: command.parameters,
    InstanceIds: all.map(({ instance }) => instance),
    Targets: [],
    RequestedDateTime: new Date(command.requestedAt),
    Status: command.status,
    StatusDetails: command.status,
    MaxConcurrency: "50",
    MaxErrors: command.maxErrors,
    TargetCount: all.length,
    CompletedCount: all.filter(({ status }) => isOver(status)).length,
    ErrorCount: all.filter(isError).length,
    DeliveryTimedOutCount: all.filter(({ details }) => details === "DeliveryTimedOut").length,
    TimeoutSeconds: command.delivery,
  };
}

function describeInvocation(command: Command, invocation: Invocation, hasDetails: boolean): Output {
  const { details, instance, status } = invocation;
  return {
    CommandId: command.id,
    InstanceId: instance,
    InstanceName: "",
    Comment: command.comment,
    DocumentName: command.document.name,
    DocumentVersion: "$DEFAULT",
    RequestedDateTime: new Date(command.requestedAt),
    Status: status,
    StatusDetails: details,
    CommandPlugins: hasDetails ? describeSteps(command, invocation) : [],
  };
}

/** Most of a step's output that a list shows, characters. Source: ssm model, CommandPluginOutput. */
const listedOutput = 2_500;

/** The steps of an invocation, in a list with details. */
function describeSteps(command: Command, invocation: Invocation): Output[] {
  return command.document.steps.map((step) => {
    const { code, output, status } = stepEnd(command, invocation, step);
    return {
      Name: step,
      Status: status,
      StatusDetails: status,
      ResponseCode: code,
      ResponseStartDateTime: dateOf(invocation.startedAt),
      ResponseFinishDateTime: dateOf(endOfRun(invocation)),
      Output: output.slice(0, listedOutput),
    };
  });
}

/** An invocation that no agent began has no end. Source: ssm model, GetCommandInvocation, ExecutionEndDateTime. */
function endOfRun({ endedAt, startedAt }: Invocation): number | undefined {
  return startedAt === undefined ? undefined : endedAt;
}

function dateOf(instant: number | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}

/** GetCommandInvocation gives instants as text, empty for none. */
function toText(instant: number | undefined): string {
  return instant === undefined ? "" : new Date(instant).toISOString();
}
