import { writeHold } from "../../contract";
import { beforehand, noAnswer, type SimulationEvent } from "../../simulator";
import { waitsForTurn } from "./phases";
import { usualRefusal } from "./usualRefusal";

/** A line for people. */
export interface Line {
  readonly tone: "plain" | "good" | "bad" | "quiet";
  readonly who: string;
  readonly text: string;
  /** Whether the line may come again and again, and the first of them says enough. */
  readonly isRepeated?: boolean;
}

/** Tells an event in words; undefined for an event of no interest by itself. */
export function narrate(event: SimulationEvent): Line | undefined {
  switch (event.kind) {
    case "instance":
      return narrateInstance(event);
    case "action":
      return narrateAction(event);
    case "message":
      return narrateMessage(event);
    case "command":
      return narrateCommand(event);
    case "agent":
      return narrateAgent(event);
    case "script":
      return narrateScript(event, event.transition === "launch" ? "the launch script" : "the stop script");
    case "announceScript":
      return narrateScript(event, "the announce script");
    case "scriptLogs":
      return narrateScriptLogs(event);
    case "call":
      return narrateCall(event);
    case "health":
      return line("bad", event.instance, "Auto Scaling finds it unhealthy");
    case "hold":
      return narrateHold(event);
    case "hook":
      return line("plain", event.group, `somebody puts the hook ${event.hook}`);
    case "interruption":
      return line("bad", event.instance, "EC2 warns that it takes the Spot instance back");
    case "announcement":
      return line("bad", event.instance, announcements[event.what]);
    case "choice":
      return narrateChoice(event);
    case "protection":
      return line(
        "plain",
        event.instance,
        event.isProtected ? "it is protected from scale-in" : "its protection from scale-in ends",
      );
    case "check":
      return event.answer === undefined
        ? line("bad", event.instance, "its busyCheck says nothing")
        : undefined;
    case "invocation":
      return narrateInvocation(event);
    case "log":
      return narrateLog(event);
    case "event":
      return line("quiet", instanceOf(event.detail), `the handler tells the event bus: ${event.detailType}`);
    case "metric":
      return undefined;
  }
}

function narrateHold({ instance, until }: Of<"hold">) {
  const text =
    until === undefined ? "no operator holds it" : `an operator holds it until ${writeHold(until)}`;
  return line("plain", instance, text);
}

function instanceOf({ instance }: Readonly<Record<string, unknown>>): string {
  return typeof instance === "string" ? instance : "";
}

const announcements = {
  retirement: "EC2 announces that it retires the instance's hardware",
  rebalance: "EC2 recommends to rebalance: the interruption of the Spot instance gets likely",
} as const;

type Of<Kind extends SimulationEvent["kind"]> = Extract<SimulationEvent, { kind: Kind }>;

function narrateInstance({ instance, state, why }: Of<"instance">): Line | undefined {
  switch (state) {
    case "ended":
      return line("plain", instance, `EC2 shuts the machine down: ${why}`);
    case "stopped":
      return why === beforehand ? undefined : line("plain", instance, `EC2 stops the machine: ${why}`);
    case "started":
      return line("plain", instance, `EC2 starts the machine: ${why}`);
    case "Terminated":
    case "Pending:Proceed":
    case "Terminating:Proceed":
    case "Warmed:Pending:Proceed":
    case "Warmed:Terminating:Proceed":
      return undefined;
    case "InService":
      return why === beforehand ? undefined : line("good", instance, `InService: ${why}`);
    default:
      return why === beforehand ? undefined : line("plain", instance, `${state}: ${why}`);
  }
}

function narrateAction({ by, hook, instance, phase, result }: Of<"action">): Line | undefined {
  switch (phase) {
    case "waiting":
      return undefined;
    case "extended":
      return line("plain", instance, `the wait at ${hook} is extended by a heartbeat`);
    case "completed":
      return line(
        by === "call" ? "good" : "bad",
        instance,
        `the action of ${hook} is completed with ${result ?? ""}${endings[by ?? "call"]}`,
      );
  }
}

const endings = {
  call: "",
  timeout: ": it timed out",
  "other hook": " by somebody else",
  "broken notification": ": its notification could not be published",
} as const;

function narrateMessage({ channel, fate, instance, what }: Of<"message">): Line | undefined {
  if (what === "Scheduled Event")
    return fate === "lost" ? line("bad", "sweep", "the tick of the sweep is lost") : undefined;
  const name =
    what === "hook"
      ? "the hook's event"
      : what === "EC2 Command Status-change Notification"
        ? "the command's event"
        : what;
  if (fate === "delivered") return undefined;
  return line(
    fate === "repeated" ? "quiet" : "bad",
    instance ?? "handler",
    `${name} is ${fate} (${channel === "sns" ? "SNS" : "EventBridge"})`,
  );
}

function narrateCommand({
  announces = false,
  details,
  instance,
  status,
  why,
}: Of<"command">): Line | undefined {
  switch (status) {
    case "Pending":
      return line("plain", instance, `the ${announces ? "announce " : ""}document is sent`);
    case "TimedOut":
    case "Cancelled":
    case "Failed":
      return line(
        "bad",
        instance,
        why === undefined
          ? `the command is ${status === details ? status : `${status} (${details})`}`
          : `the agent refuses the document: ${why}`,
      );
    default:
      return undefined;
  }
}

function narrateAgent({ instance, phase }: Of<"agent">): Line {
  switch (phase) {
    case "online":
      return line("quiet", instance, "the SSM agent is there");
    case "offline":
      return line("bad", instance, "the SSM agent is away");
    case "busy":
      return line("bad", instance, "the SSM agent takes no command");
    case "free":
      return line("quiet", instance, "the SSM agent takes commands again");
  }
}

function narrateScript({ code, instance, phase }: Of<"script"> | Of<"announceScript">, script: string): Line {
  switch (phase) {
    case "started":
      return line("plain", instance, `${script} starts`);
    case "joined":
      return line("quiet", instance, `a second command joins the run of ${script}`);
    case "ended":
      return line(code === 0 ? "good" : "bad", instance, `${script} ends with exit code ${code ?? 0}`);
    case "killed":
      return line("bad", instance, `${script} is killed`);
    case "refused":
      return line("quiet", instance, `the guard does not run ${script}: it is not meant`);
  }
}

function narrateScriptLogs({ delays, instance, seconds }: Of<"scriptLogs">): Line {
  return delays === "start"
    ? line("bad", instance, `CloudWatch Logs does not answer the agent: the script starts ${seconds} s later`)
    : line(
        seconds > usualUpload ? "bad" : "quiet",
        instance,
        `the output goes to CloudWatch Logs: the end of the script is known ${seconds} s later`,
      );
}

function narrateChoice({ answer, candidates, chosen, problem }: Of<"choice">): Line {
  return problem === undefined && answer !== undefined && answer.length > 0
    ? line(
        "plain",
        "policy",
        `the termination policy chooses ${chosen.length} of ${candidates.length} instances`,
      )
    : line(
        "bad",
        "policy",
        `the termination policy: ${problem ?? "it names no instance"}; Auto Scaling asks again`,
      );
}

/** Usual time to upload an output to CloudWatch Logs, seconds. */
const usualUpload = 3;

function narrateCall(call: Of<"call">): Line | undefined {
  const { action, error, instances } = call;
  if (error === undefined) return undefined;
  const who = (instances.length === 1 ? instances[0] : undefined) ?? "handler";
  const usual = usualRefusal(call);
  if (usual !== undefined) return line("quiet", who, usual);
  return line(
    "bad",
    who,
    error === noAnswer ? `${action} is not answered` : `${action} is refused: ${error}`,
  );
}

function narrateInvocation({ id, phase, trigger }: Of<"invocation">): Line | undefined {
  const name = trigger === "Scheduled Event" ? "sweep" : "handler";
  switch (phase) {
    case "started":
    case "ended":
      return undefined;
    case "failed":
      return line("bad", name, `invocation ${id} fails`);
    case "timedOut":
      return line("bad", name, `invocation ${id} times out`);
    case "throttled":
      return line("quiet", name, "an invocation has to wait for a free environment");
    case "dropped":
      return line("bad", name, "an event is dropped: Lambda sees a loop");
  }
}

/** Tells failures that make the function useless; everything else that it logs shows in its actions. */
function narrateLog({ entry }: Of<"log">): Line | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { code, decision, error, errorMessage, errorType, instance, message } = entry as Readonly<
    Record<string, unknown>
  >;
  if (typeof errorType === "string")
    return line("bad", "handler", `${errorType}: ${firstLine(errorMessage)}`);
  const queued = waitsForTurn(entry);
  if (queued !== undefined) return { ...line("quiet", queued, "waits for its turn"), isRepeated: true };
  if (code === "turnIsLate" && decision === "run")
    return line("bad", String(instance), "has waited for its turn for as long as it may");
  if (String(message).startsWith("isBusy failed"))
    return line("bad", "handler", `${String(message)}: ${firstLine(error)}`);
  return undefined;
}

function firstLine(text: unknown): string {
  return String(text).split("\n")[0] ?? "";
}

function line(tone: Line["tone"], who: string, text: string): Line {
  return { tone, who, text };
}
