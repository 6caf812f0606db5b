import {
  GetCommandInvocationCommand,
  paginateListCommandInvocations,
  paginateListCommands,
  type Command,
  type CommandFilter,
  type CommandInvocation,
  type CommandPlugin,
} from "@aws-sdk/client-ssm";
import { documentPrefix } from "../../../../contract";
import { isAnnouncement, readComment } from "../../../../handler/aws/comment";
import { nameOf } from "../../../../handler/aws/errors";
import { toSecond } from "../../../../handler/aws/second";
import { clockTolerance } from "../../../../handler/send";
import type { Account } from "../../account";
import type { CommandFacts } from "../facts";
import type { Span } from "../spans";
import type { Sources } from "./sources";

/** Most commands in an answer. Source: Systems Manager API, ListCommands. */
const commandsAtOnce = 50;

/** Most pages that are read for a span of time: 2,000 commands. */
const mostPages = 40;

/** Which commands to read. */
export interface WantedCommands {
  readonly instance: string;
  /** Commands of these handlers, besides commands whose comment a handler wrote. */
  readonly handlers: readonly string[];
  readonly span: Span;
}

/** The commands of handlers on an instance in a span of time, with the output of their scripts; undefined if denied. */
export async function readCommands(
  account: Account,
  sources: Sources,
  wanted: WantedCommands,
): Promise<CommandFacts[] | undefined> {
  const invocations = await sources.read("Commands and the output of scripts are missing", () =>
    readPages(
      sources,
      paginateListCommandInvocations(
        { client: account.clients.ssm, pageSize: commandsAtOnce },
        { InstanceId: wanted.instance, Details: true, Filters: filtersOf(wanted.span) },
      ),
      ({ CommandInvocations = [] }) => CommandInvocations,
    ),
  );
  if (invocations === undefined) return undefined;
  const ours = invocations.filter((one) => isOurs(one, wanted.handlers));
  if (ours.length === 0) return [];
  const sent = await readSent(account, sources, wanted.instance, wanted.span);
  const found: CommandFacts[] = [];
  for (const one of ours) {
    const step = await readStep(account, sources, wanted.instance, one);
    found.push(factsOf(one, sent?.get(one.CommandId ?? ""), step));
  }
  return found;
}

/** The commands that were sent to an instance, with their parameters; undefined if they may not be read. */
export async function readSent(
  account: Account,
  sources: Sources,
  instance: string,
  span?: Span,
): Promise<ReadonlyMap<string, Command> | undefined> {
  const commands = await sources.read("The parameters of commands are missing", () =>
    readPages(
      sources,
      paginateListCommands(
        { client: account.clients.ssm, pageSize: commandsAtOnce },
        { InstanceId: instance, ...(span === undefined ? {} : { Filters: filtersOf(span) }) },
      ),
      ({ Commands = [] }) => Commands,
    ),
  );
  return commands && new Map(commands.map((one) => [one.CommandId ?? "", one]));
}

async function readPages<Page extends { readonly NextToken?: string | undefined }, Item>(
  sources: Sources,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Item[]> {
  const found: Item[] = [];
  let read = 0;
  for await (const page of pages) {
    found.push(...itemsOf(page));
    read += 1;
    if (read < mostPages || !page.NextToken) continue;
    sources.note(`Only the newest ${mostPages * commandsAtOnce} commands of a transition were read.`);
    break;
  }
  return found;
}

function filtersOf({ from, to }: Span): CommandFilter[] {
  return [
    { key: "InvokedAfter", value: toSecond(from) },
    { key: "InvokedBefore", value: toSecond(to) },
  ];
}

/** Commands that a handler sent, or somebody by hand, but no checks whether the instance is busy. */
function isOurs({ Comment, DocumentName = "" }: CommandInvocation, handlers: readonly string[]): boolean {
  return (
    readComment(Comment) !== undefined ||
    handlers.some((handler) => DocumentName.startsWith(documentPrefix(handler)))
  );
}

/** The end of a step, as GetCommandInvocation or, cut, a list tells. */
interface Step {
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly code: number | undefined;
  readonly output: string;
}

/** The step for the instance's platform. */
async function readStep(
  account: Account,
  sources: Sources,
  instance: string,
  invocation: CommandInvocation,
): Promise<Step | undefined> {
  const plugin = stepOf(invocation);
  if (plugin?.Name === undefined) return undefined;
  const command = new GetCommandInvocationCommand({
    CommandId: invocation.CommandId,
    InstanceId: instance,
    PluginName: plugin.Name,
  });
  const listed: Step = {
    startedAt: plugin.ResponseStartDateTime?.getTime(),
    endedAt: plugin.ResponseFinishDateTime?.getTime(),
    code: plugin.ResponseCode,
    output: plugin.Output ?? "",
  };
  const found = await sources.read("Outputs of scripts are cut to 2,500 characters", async () => {
    try {
      return await account.clients.ssm.send(command);
    } catch (error) {
      if (nameOf(error) === "InvocationDoesNotExist") return undefined;
      throw error;
    }
  });
  if (found === undefined) return listed;
  const { ExecutionEndDateTime, ExecutionStartDateTime, ResponseCode } = found;
  const texts = [found.StandardOutputContent, found.StandardErrorContent];
  return {
    startedAt: instantIn(ExecutionStartDateTime) ?? listed.startedAt,
    endedAt: instantIn(ExecutionEndDateTime) ?? listed.endedAt,
    code: ResponseCode,
    output: texts.flatMap((text) => (text ? [text.trimEnd()] : [])).join("\n"),
  };
}

/** The agent skips the steps for other platforms, which SSM calls a success. */
function stepOf({ CommandPlugins = [] }: CommandInvocation): CommandPlugin | undefined {
  return (
    CommandPlugins.find(({ Status }) => Status !== "Success") ??
    CommandPlugins.find(({ Output = "" }) => !Output.startsWith("Step execution skipped"))
  );
}

function instantIn(text = ""): number | undefined {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

function factsOf(
  invocation: CommandInvocation,
  sent: Command | undefined,
  step: Step | undefined,
): CommandFacts {
  const { Comment, DocumentName = "", RequestedDateTime, Status = "" } = invocation;
  const parameter = (name: string) => sent?.Parameters?.[name]?.[0] || undefined;
  const since = parameter("action") === undefined ? undefined : parameter("since");
  const isLaunch = parameter("transition") === "launch" || Comment?.startsWith("launch, ") === true;
  return {
    id: invocation.CommandId ?? "",
    document: DocumentName,
    transition: isLaunch ? "launch" : "terminate",
    isAnnouncement: isAnnouncement(Comment),
    hook: parameter("hook"),
    since: since === undefined ? undefined : Number(since) * 1000 + clockTolerance,
    budget: readComment(Comment)?.budget,
    requestedAt: RequestedDateTime?.getTime() ?? 0,
    expiresAt: sent?.ExpiresAfter?.getTime(),
    status: Status,
    details: (invocation.StatusDetails ?? Status).replaceAll(" ", ""),
    startedAt: step?.startedAt,
    endedAt: step?.endedAt,
    code: step?.code === undefined || step.code < 0 ? undefined : step.code,
    output: step?.output ?? "",
  };
}
