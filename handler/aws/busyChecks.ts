import {
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type CommandInvocation,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import { readAnswer, type BusyAnswer } from "../../contract";
import type { MakeCall } from "./calls";
import { sentOrNot, type Sent } from "./refusal";
import { toSecond } from "./second";

/** A command that asks instances whether they are busy. */
export interface Check {
  readonly id: string;
  /** By AWS's clock, ms since 1970. */
  readonly sentAt: number;
}

/** What one instance has answered to a check. */
export interface CheckResult {
  readonly instance: string;
  /** Undefined where it has not answered yet, or its answer says nothing. */
  readonly answer: BusyAnswer | undefined;
  /** Whether no answer comes any more. */
  readonly isOver: boolean;
}

/** The calls of Run Command that ask instances whether they are busy. */
export interface BusyChecks {
  /** Asks instances, at most 50. */
  send(document: string, instances: readonly string[]): Promise<Sent>;
  /** Checks since an instant, newest first. */
  sent(document: string, after: number): Promise<Check[]>;
  /** The answers to a check. */
  results(check: string): Promise<CheckResult[]>;
}

/** How long a check may wait for its agent, seconds: the least that SSM takes. */
const delivery = 30;

/** Most pages of 50 checks that are read: 25,000 instances that were asked. */
const mostPages = 10;

/** Run Command's part in it through the client of the AWS SDK. */
export function createBusyChecks(client: SSMClient, make: MakeCall): BusyChecks {
  return {
    send(document, instances) {
      const command = new SendCommandCommand({
        DocumentName: document,
        InstanceIds: [...instances],
        TimeoutSeconds: delivery,
        // A check that fails on one instance is no reason not to ask the others.
        MaxErrors: "100%",
        Comment: "busy?",
      });
      return sentOrNot(instances, async () => {
        const { Command } = await make("ask", () => client.send(command));
        return {
          commandId: Command?.CommandId ?? "",
          requestedAt: Command?.RequestedDateTime?.getTime() ?? 0,
        };
      });
    },

    async sent(document, after) {
      const found: Check[] = [];
      let token: string | undefined;
      for (let page = 1; page <= mostPages; page += 1) {
        const command = new ListCommandsCommand({
          Filters: [
            { key: "DocumentName", value: document },
            { key: "InvokedAfter", value: toSecond(after) },
          ],
          MaxResults: 50,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const { Commands = [], NextToken } = await make("read", () => client.send(command));
        found.push(
          ...Commands.map(({ CommandId = "", RequestedDateTime }) => ({
            id: CommandId,
            sentAt: RequestedDateTime?.getTime() ?? 0,
          })),
        );
        if (!NextToken) break;
        token = NextToken;
      }
      return found.sort((one, other) => other.sentAt - one.sentAt);
    },

    async results(check) {
      // A command has at most 50 instances, so one page has them all.
      const command = new ListCommandInvocationsCommand({ CommandId: check, Details: true, MaxResults: 50 });
      const { CommandInvocations = [] } = await make("read", () => client.send(command));
      return CommandInvocations.map(resultOf);
    },
  };
}

/** Steps for other platforms are skipped, and write nothing. */
function resultOf({ CommandPlugins = [], InstanceId = "", Status }: CommandInvocation): CheckResult {
  const answers = CommandPlugins.flatMap(({ Output = "" }) => readAnswer(Output) ?? []);
  return {
    instance: InstanceId,
    answer: Status === "Success" ? answers[0] : undefined,
    isOver: Status !== "Pending" && Status !== "InProgress" && Status !== "Delayed",
  };
}
