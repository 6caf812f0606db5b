import { isAllowed, type Statement } from "../../../../simulator/iam";
import type { LiveFunction } from "../liveGroup";
import { found } from "../read/reads";
import type { Check, CheckFinding } from "./finding";
import { isOfService, statementsIn } from "./policyText";

/** A finding about a function, without what all of them have in common. */
type Words = Omit<CheckFinding, "subject">;

function ofEach(about: (one: LiveFunction) => readonly Words[]): Check {
  return ({ functions }) =>
    functions.flatMap((one) => about(one).map((words) => ({ subject: `Function "${one.name}"`, ...words })));
}

/** A hook calls for its function. */
export const functionExists = ofEach(({ configuration, isHandler }) =>
  configuration.kind === "missing"
    ? [
        {
          rule: "function-exists",
          severity: "high",
          what: "its state",
          actual: "missing",
          allowed: "active, as a hook or a tag of the group calls for it",
          cure: isHandler
            ? "Deploy the stack of the handler again, or serve the group by another handler."
            : "Deploy it again, or delete the hook.",
        },
      ]
    : [],
);

/** A function that fails leaves its events to its dead letters, and the handler's work to the next sweep. */
export const functionDoesNotFail = ofEach(({ counts }) => counted(found(counts)?.Errors ?? 0, "Errors"));

/** A function that is throttled gets its events late. */
export const functionIsNotThrottled = ofEach(({ counts }) =>
  counted(found(counts)?.Throttles ?? 0, "Throttles"),
);

const words = {
  Errors: {
    rule: "function-does-not-fail",
    what: "the number of its errors in the last day",
    cure: "Read its log; npx graceful-asg explain INSTANCE shows what became of an instance.",
  },
  Throttles: {
    rule: "function-is-not-throttled",
    what: "the number of its throttled invocations in the last day",
    cure: "Raise the concurrency of the account, or reserve concurrency for the function.",
  },
} as const;

function counted(count: number, metric: keyof typeof words): Words[] {
  if (count === 0) return [];
  return [{ ...words[metric], severity: "medium", actual: String(count), allowed: "0" }];
}

/** The handler makes up for lost events once a minute. */
export const handlerSweeps = ofEach(({ isHandler, rules }) => {
  if (!isHandler || rules.kind !== "found") return [];
  const schedules = rules.value.filter(({ ScheduleExpression }) => ScheduleExpression);
  if (schedules.some(({ State }) => State !== "DISABLED")) return [];
  const [disabled] = schedules;
  return [
    {
      rule: "handler-sweeps",
      severity: "high",
      what: "the rule that invokes it once a minute",
      actual: disabled === undefined ? "missing" : `${disabled.Name ?? ""}, which is disabled`,
      allowed: "enabled, as the handler extends hooks and makes up for lost events then",
      cure: disabled === undefined ? "Deploy the stack of the handler again." : "Enable the rule.",
    },
  ];
});

/** A handler hears of ended commands, and of hooks over EventBridge, by rules. */
export const handlerHearsEvents = ofEach(({ isHandler, rules }) =>
  !isHandler || rules.kind !== "found"
    ? []
    : rules.value
        .filter(({ EventPattern, State }) => EventPattern && State === "DISABLED")
        .map(({ Name = "" }) => ({
          rule: "handler-hears-events",
          severity: "medium",
          what: "the rule that brings it events",
          actual: `${Name}, which is disabled`,
          allowed: "enabled, as only a sweep makes up for these events",
          cure: "Enable the rule.",
        })),
);

/** Dead letters are events that nobody has handled. */
export const deadLettersAreEmpty = ofEach(({ deadLetters }) =>
  deadLetters.flatMap(({ queue, waiting }) => {
    const count = found(waiting) ?? 0;
    return count === 0
      ? []
      : [
          {
            rule: "dead-letters-are-empty",
            severity: "medium" as const,
            what: `the number of messages in ${queue}`,
            actual: `about ${count}`,
            allowed: "0",
            cure: "Read the messages and the log of the function; purge the queue when the cause is gone.",
          },
        ];
  }),
);

/** A service that invokes a function needs the function's leave. */
export const functionTakesEvents: Check = ({ functions, topics }) =>
  functions.flatMap(({ arn, name, policy, rules }) => {
    const statements = policy.kind === "missing" ? [] : statementsIn("function", found(policy));
    if (arn === undefined || statements === undefined) return [];
    const callers = [
      ...[...topics.values()]
        .filter(({ subscriptions }) =>
          found(subscriptions)?.some(({ endpoint, isConfirmed }) => isConfirmed && endpoint === arn),
        )
        .map((topic) => ({ service: "sns.amazonaws.com", source: topic.arn })),
      ...(found(rules) ?? []).map(({ Arn: source = "" }) => ({ service: "events.amazonaws.com", source })),
    ];
    return callers
      .filter(({ service, source }) => !mayInvoke(statements, arn, service, source))
      .map(({ service, source }) => ({
        rule: "function-takes-events",
        severity: "high" as const,
        subject: `Function "${name}"`,
        what: `lambda:InvokeFunction by ${service} for ${source}`,
        actual: "denied",
        allowed: "allowed by a statement of its policy",
        cure: "Give it a permission (aws.lambda.Permission) for this source; the component brings its own.",
      }));
  });

function mayInvoke(statements: readonly Statement[], arn: string, service: string, source: string): boolean {
  const account = source.split(":")[4] ?? "";
  const context = { "aws:SourceArn": source, "aws:SourceAccount": account };
  const forService = statements.filter((statement) => isOfService(statement, service));
  return isAllowed(forService, { action: "lambda:InvokeFunction", resource: arn, context });
}
