import { ServiceError } from "../errors";
import type { World } from "../world";
import { page, type Input } from "./input";
import type { Operation } from "./operation";

/** Calls of EventBridge about rules that the simulator answers. */
export function eventRuleOperations({ rules }: World): Readonly<Record<string, Operation>> {
  const paged = <T>(input: Input, all: readonly T[]) =>
    page(
      all,
      input.optionalNumber("Limit", 1, 100) ?? 100,
      input.optionalText("NextToken"),
      "ValidationException",
    );
  const find = (input: Input) => {
    const name = input.text("Rule", { max: 64 });
    return rules.find((one) => one.name === name);
  };
  return {
    ListRules: {
      requests: onAll("ListRules"),
      perform: (input) => {
        const { items, next } = paged(input, rules);
        return {
          Rules: items.map(({ arn, name, pattern, scheduleExpression }) => ({
            Name: name,
            Arn: arn,
            EventPattern: pattern === undefined ? undefined : JSON.stringify(pattern),
            ScheduleExpression: scheduleExpression,
            State: "ENABLED",
            EventBusName: "default",
          })),
          NextToken: next,
        };
      },
    },

    ListTargetsByRule: {
      requests: (input) => [{ action: "events:ListTargetsByRule", resource: find(input)?.arn ?? "*" }],
      perform: (input) => {
        const rule = find(input);
        if (rule === undefined)
          throw new ServiceError(
            "ResourceNotFoundException",
            `Rule ${input.text("Rule")} does not exist on EventBus default.`,
          );
        const { items, next } = paged(input, rule.targets);
        return {
          Targets: items.map(({ arn, deadLetters }, index) => ({
            Id: String(index),
            Arn: arn,
            DeadLetterConfig: deadLetters === undefined ? undefined : { Arn: deadLetters },
          })),
          NextToken: next,
        };
      },
    },

    ListRuleNamesByTarget: {
      requests: onAll("ListRuleNamesByTarget"),
      perform: (input) => {
        const target = input.text("TargetArn", { max: 1600 });
        const { items, next } = paged(
          input,
          rules.filter(({ targets }) => targets.some(({ arn }) => arn === target)),
        );
        return { RuleNames: items.map(({ name }) => name), NextToken: next };
      },
    },
  };
}

function onAll(action: string) {
  return () => [{ action: `events:${action}`, resource: "*" }];
}
