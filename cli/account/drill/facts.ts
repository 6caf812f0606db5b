import { ListCommandsCommand, type Command } from "@aws-sdk/client-ssm";
import type { Account } from "../account";
import { translated } from "../aws/errors";
import { takesBack } from "../groups";
import { endOf, waitBegan, type Between, type Course, type SeenCommand } from "./course";
import { drilled, type Drill } from "./watch";

/** A fact about AWS that no page of AWS settles, as this drill has seen it. */
export interface Fact {
  readonly name: string;
  readonly what: string;
  /** A range in seconds, texts, or `not seen`. */
  readonly value: "not seen" | { readonly min: number; readonly max: number } | readonly string[];
  readonly unit: "seconds" | "texts";
}

/** The facts that a drill settles. @param commands the commands of the drill as ListCommands has them */
export function factsOf(drill: Drill, commands: readonly Command[]): readonly Fact[] {
  const { courses } = drill;
  const own = drilled(drill);
  const launches = courses.filter(({ transition }) => transition === "launch");
  const invocations = courses.flatMap((course) => course.commands);
  const [first] = own.flatMap((course) => course.commands);
  return [
    seconds(
      "commandListLag",
      "from SendCommand to the first list that shows the command",
      invocations,
      lagOf,
    ),
    seconds("hookToCommand", "from the wait at the hook to SendCommand", own, hookToCommand),
    seconds("decisionToActivity", "from the request to the scaling activity", own, ({ activity }) =>
      after(drill.began, activity?.StartTime?.getTime()),
    ),
    seconds(
      "activityToHook",
      `from the scaling activity to the wait at the hook; the deregistration delay is ${drill.plan.hook.instructions.deregistrationDelay} s`,
      own,
      (course) => since(course.activity?.StartTime, waitBegan(course)),
    ),
    seconds("launchToAgent", "from the launch to an agent that SSM shows online", launches, (course) =>
      since(course.activity?.StartTime, course.agentOnline),
    ),
    seconds("launchToCommand", "from the launch to the first command that SSM takes", launches, (course) =>
      after(course.activity?.StartTime?.getTime(), course.commands[0]?.requestedAt),
    ),
    texts(
      "endsWithReuse",
      "how a termination at a request ends where the warm pool takes instances back",
      drill.plan.transition === "terminate" && takesBack(drill.subject.group)
        ? own.flatMap((course) => endOf(course) ?? [])
        : [],
    ),
    texts("commandRecordFields", "fields of a command in ListCommandInvocations", first?.fields.filled ?? []),
    texts("commandRecordEmpty", "empty fields of a command there", first?.fields.empty ?? []),
    texts("commandParametersEmpty", "parameters of a command that are empty", emptyParameters(commands)),
    texts("failedCommands", "how a failed command shows", failures(invocations, commands)),
    texts(
      "activityStatusCodes",
      "status codes of the scaling activities",
      courses.flatMap(({ statusCodes }) => statusCodes),
    ),
    texts(
      "activityCauses",
      "causes of the scaling activities",
      courses.flatMap(({ activity }) => activity?.Cause ?? []),
    ),
    texts(
      "activityDescriptions",
      "descriptions of the scaling activities",
      courses.flatMap(({ activity }) => activity?.Description ?? []),
    ),
  ];
}

/** The commands of a drill, with their parameters; the first few, as all are alike. */
export async function readCommands({ clients }: Account, drill: Drill): Promise<readonly Command[]> {
  const all = drill.courses.flatMap(({ commands }) => commands);
  const failed = all.filter(({ status }) => status !== "Success");
  const ids = new Set([...all.slice(0, readAtMost), ...failed.slice(0, readAtMost)].map(({ id }) => id));
  const found: Command[] = [];
  for (const CommandId of ids) {
    const answer = await translated(() => clients.ssm.send(new ListCommandsCommand({ CommandId })));
    found.push(...(answer.Commands ?? []));
  }
  return found;
}

/** Commands that are read one by one. */
const readAtMost = 2;

function seconds<T>(
  name: string,
  what: string,
  of: readonly T[],
  length: (one: T) => Between | undefined,
): Fact {
  const found = of.flatMap((one) => length(one) ?? []);
  const value =
    found.length === 0
      ? ("not seen" as const)
      : {
          min: Math.max(0, Math.min(...found.map((one) => one.after)) / 1000),
          max: Math.max(0, Math.max(...found.map((one) => one.by)) / 1000),
        };
  return { name, what, value, unit: "seconds" };
}

function texts(name: string, what: string, found: readonly string[]): Fact {
  const all = [...new Set(found)];
  return { name, what, value: all.length === 0 ? "not seen" : all, unit: "texts" };
}

function lagOf({ listed, requestedAt }: SeenCommand): Between {
  return { after: listed.after - requestedAt, by: listed.by - requestedAt };
}

function hookToCommand(course: Course): Between | undefined {
  const [began, sent] = [waitBegan(course), course.commands[0]?.requestedAt];
  return began === undefined || sent === undefined
    ? undefined
    : { after: sent - began.by, by: sent - began.after };
}

function since(begin: Date | undefined, end: Between | undefined): Between | undefined {
  const at = begin?.getTime();
  return at === undefined || end === undefined ? undefined : { after: end.after - at, by: end.by - at };
}

function after(begin: number | undefined, end: number | undefined): Between | undefined {
  return begin === undefined || end === undefined ? undefined : { after: end - begin, by: end - begin };
}

function emptyParameters(commands: readonly Command[]): readonly string[] {
  return commands.flatMap(({ Parameters = {} }) =>
    Object.entries(Parameters)
      .filter(([, values]) => values.every((value) => value === ""))
      .map(([name]) => name),
  );
}

function failures(invocations: readonly SeenCommand[], commands: readonly Command[]): readonly string[] {
  return invocations
    .filter(({ over, status }) => over !== undefined && status !== "Success")
    .map(({ details, id, status, step }) => {
      const command = commands.find(({ CommandId }) => CommandId === id);
      const whole =
        command === undefined
          ? ""
          : `, command ${command.Status} (${command.StatusDetails}), MaxErrors ${command.MaxErrors}`;
      return `invocation ${status} (${details}), code ${step?.code ?? "none"}${whole}`;
    });
}
