import { nobody, token, type IllegalCall } from "./illegalCall";

const command = { DocumentName: "$DOCUMENT", InstanceIds: ["$INSTANCE"] };

/** Calls that SSM refuses. */
export const ssmCalls: Readonly<Record<string, IllegalCall>> = {
  "send: no document": ssm("SendCommand", { InstanceIds: ["$INSTANCE"] }, "ValidationException"),
  "send: a document of nobody": ssm("SendCommand", { ...command, DocumentName: "nobody" }, "InvalidDocument"),
  "send: a document's name with a blank": ssm(
    "SendCommand",
    { ...command, DocumentName: "my document" },
    "ValidationException",
  ),
  "send: nobody": ssm("SendCommand", { DocumentName: "$DOCUMENT" }, "ValidationException"),
  "send: more than fifty": ssm(
    "SendCommand",
    {
      ...command,
      InstanceIds: Array.from({ length: 51 }, (_, index) => `i-${String(index).padStart(17, "0")}`),
    },
    "ValidationException",
  ),
  "send: an instance twice": ssm(
    "SendCommand",
    { ...command, InstanceIds: ["$INSTANCE", "$INSTANCE"] },
    "DuplicateInstanceId",
  ),
  "send: no instance id": ssm("SendCommand", { ...command, InstanceIds: ["web-1"] }, "ValidationException"),
  "send: an instance that SSM does not know": {
    ...ssm("SendCommand", { ...command, InstanceIds: [nobody] }, "InvalidInstanceId"),
    quoted: {
      message: `Instances [[${nobody}]] not in a valid state for account 123456789012`,
      source: "aws/aws-sdk-js-v3#3676",
    },
  },
  "send: a delivery timeout that is too short": ssm(
    "SendCommand",
    { ...command, TimeoutSeconds: 29 },
    "ValidationException",
  ),
  "send: a comment that is too long": ssm(
    "SendCommand",
    { ...command, Comment: "x".repeat(101) },
    "ValidationException",
  ),
  "send: a parameter that the document lacks": ssm(
    "SendCommand",
    { ...command, Parameters: { colour: ["red"] } },
    "InvalidParameters",
  ),
  "send: a parameter outside of its pattern": ssm(
    "SendCommand",
    { ...command, Parameters: { token: ["$(reboot)"] } },
    "InvalidParameters",
  ),
  "send: a version that is not there": ssm(
    "SendCommand",
    { ...command, DocumentVersion: "7" },
    "InvalidDocumentVersion",
  ),
  "send: errors that are no number": ssm(
    "SendCommand",
    { ...command, MaxErrors: "some" },
    "ValidationException",
  ),
  "send: a log group with a blank": ssm(
    "SendCommand",
    {
      ...command,
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "my logs", CloudWatchOutputEnabled: true },
    },
    "ValidationException",
  ),
  "cancel: a command of nobody": ssm("CancelCommand", { CommandId: token }, "InvalidCommandId"),
  "cancel: an id that is too short": ssm("CancelCommand", { CommandId: "f66c3d47" }, "ValidationException"),
  "cancel: an instance that did not get it": ssm(
    "CancelCommand",
    { CommandId: "$COMMAND", InstanceIds: [nobody] },
    "InvalidInstanceId",
  ),
  "commands: another filter": ssm(
    "ListCommands",
    { Filters: [{ key: "Comment", value: "x" }] },
    "ValidationException",
  ),
  "commands: no instant": ssm(
    "ListCommands",
    { Filters: [{ key: "InvokedAfter", value: "yesterday" }] },
    "ValidationException",
  ),
  "commands: more than five filters": ssm(
    "ListCommands",
    { Filters: Array.from({ length: 6 }, () => ({ key: "Status", value: "Success" })) },
    "ValidationException",
  ),
  "commands: pages that are too large": ssm("ListCommands", { MaxResults: 51 }, "ValidationException"),
  "invocations: a filter of commands only": ssm(
    "ListCommandInvocations",
    { Filters: [{ key: "ExecutionStage", value: "Complete" }] },
    "ValidationException",
  ),
  "invocations: a token of nobody": ssm(
    "ListCommandInvocations",
    { NextToken: "nonsense" },
    "InvalidNextToken",
  ),
  "invocation: of another instance": ssm(
    "GetCommandInvocation",
    { CommandId: "$COMMAND", InstanceId: nobody },
    "InvocationDoesNotExist",
  ),
  "invocation: of a command of nobody": ssm(
    "GetCommandInvocation",
    { CommandId: token, InstanceId: nobody },
    "InvalidCommandId",
  ),
  "invocation: no step of a document that has several": ssm(
    "GetCommandInvocation",
    { CommandId: "$COMMAND", InstanceId: "$INSTANCE" },
    "InvalidPluginName",
  ),
  "invocation: a step that the document lacks": ssm(
    "GetCommandInvocation",
    { CommandId: "$COMMAND", InstanceId: "$INSTANCE", PluginName: "runBeOS" },
    "InvalidPluginName",
  ),
  "agents: pages that are too small": ssm(
    "DescribeInstanceInformation",
    { MaxResults: 4 },
    "ValidationException",
  ),
};

function ssm(name: string, input: Readonly<Record<string, unknown>>, code: string): IllegalCall {
  return { service: "ssm", action: name, input, code };
}
