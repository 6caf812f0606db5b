import {
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { matchPattern } from "../../../../contract";
import { parsePattern } from "../../../../policy/stack/eventPattern";
import type { Resource } from "../../../../policy/stack/resource";
import { found, type Look, type Reads } from "./reads";
import { resource } from "./resource";

/** A rule of the default bus with its targets. */
export interface EventRule {
  readonly rule: Rule;
  readonly targets: readonly Target[];
}

/** All rules of the default bus: services put their events on this bus only. */
export function readRules({ account, look }: Reads): Promise<Look<readonly Rule[]>> {
  return look({
    what: "the rules of EventBridge",
    action: "events:ListRules",
    key: "",
    make: () =>
      pages(async (NextToken) => {
        const answer = await account.clients.events.send(new ListRulesCommand({ NextToken, Limit: 100 }));
        return { items: answer.Rules ?? [], next: answer.NextToken };
      }),
  });
}

/** The rules that may match an event of Auto Scaling or a warning of EC2, with their targets. */
export async function readEventRules(reads: Reads): Promise<EventRule[]> {
  const rules = (found(await readRules(reads)) ?? []).filter(concernsInstances);
  return Promise.all(rules.map(async (rule) => ({ rule, targets: await readTargets(reads, rule) })));
}

/** The rules that have a function as a target. */
export async function readRulesOf(reads: Reads, functionArn: string): Promise<Look<readonly Rule[]>> {
  const { account, look } = reads;
  const names = await look({
    what: "the rules of handlers",
    action: "events:ListRuleNamesByTarget",
    key: functionArn,
    make: () =>
      pages(async (NextToken) => {
        const command = new ListRuleNamesByTargetCommand({ TargetArn: functionArn, NextToken, Limit: 100 });
        const answer = await account.clients.events.send(command);
        return { items: answer.RuleNames ?? [], next: answer.NextToken };
      }),
  });
  const rules = await readRules(reads);
  if (names.kind !== "found" || rules.kind !== "found") return { kind: "unread" };
  return { kind: "found", value: rules.value.filter(({ Name = "" }) => names.value.includes(Name)) };
}

/** The queues of events that EventBridge cannot deliver to a function. */
export async function readRuleQueues(
  reads: Reads,
  rules: readonly Rule[],
  functionArn: string,
): Promise<string[]> {
  const targets = await Promise.all(rules.map((rule) => readTargets(reads, rule)));
  return targets
    .flat()
    .filter(({ Arn }) => Arn === functionArn)
    .flatMap(({ DeadLetterConfig }) => DeadLetterConfig?.Arn ?? []);
}

async function readTargets({ account, look }: Reads, { Name = "" }: Rule): Promise<readonly Target[]> {
  const targets = await look({
    what: "the targets of EventBridge's rules",
    action: "events:ListTargetsByRule",
    key: Name,
    make: () =>
      pages(async (NextToken) => {
        const answer = await account.clients.events.send(
          new ListTargetsByRuleCommand({ Rule: Name, NextToken, Limit: 100 }),
        );
        return { items: answer.Targets ?? [], next: answer.NextToken };
      }),
  });
  return found(targets) ?? [];
}

const sources = ["aws.autoscaling", "aws.ec2"];

/** Whether a pattern may match an event of Auto Scaling or of EC2, by the event's source. */
function concernsInstances({ EventPattern }: Rule): boolean {
  const pattern = parsePattern(EventPattern);
  if (pattern === undefined) return false;
  const source: unknown = Reflect.get(pattern, "source");
  return source === undefined || sources.some((one) => matchPattern({ source }, { source: one }) !== false);
}

/** A rule and its targets as a program would give them. */
export function ruleResources({ rule, targets }: EventRule): Resource[] {
  const { Arn: arn = "", EventPattern, Name: name = "", State } = rule;
  return [
    resource("eventRule", arn, name, { name, arn, eventPattern: EventPattern, state: State }),
    ...targets.map(({ Arn, Id = "", Input, InputPath, InputTransformer }) =>
      resource("eventTarget", `${arn}/${Id}`, Id, {
        rule: name,
        arn: Arn,
        input: Input,
        inputPath: InputPath,
        inputTransformer: InputTransformer,
      }),
    ),
  ];
}

/** All pages of a list; the client of EventBridge has no paginators. */
async function pages<T>(
  read: (
    token: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    all.push(...items);
    token = next;
  } while (token);
  return all;
}
