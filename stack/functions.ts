import type { Fields } from "../contract";
import { UnreadableCode, filesOf, type Files } from "../evaluate/artifact";
import type { FunctionSettings, RuleSettings } from "../simulator/world";
import { number, object, optionalText, parse, text, type All } from "./fields";

/** Reads a Lambda function with the settings that decide how it is invoked. */
export function functionSettings(one: Fields, code: Files, all: All): FunctionSettings {
  const invoke = all("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").find(
    (config) => config["functionName"] === one["name"],
  );
  const destination = object(object(object(invoke)["destinationConfig"])["onFailure"])["destination"];
  const environment = Object.entries(object(object(one["environment"])["variables"]));
  const reserved = one["reservedConcurrentExecutions"];
  return {
    name: text(one["name"]),
    arn: text(one["arn"]),
    role: text(one["role"]),
    timeout: number(one["timeout"], 3),
    memorySize: number(one["memorySize"], 128),
    reservedConcurrency: typeof reserved === "number" && reserved >= 0 ? reserved : undefined,
    environment: Object.fromEntries(environment.map(([key, value]) => [key, text(value)])),
    code,
    handler: text(one["handler"]),
    maximumRetryAttempts: number(invoke?.["maximumRetryAttempts"], 2),
    maximumEventAge: number(invoke?.["maximumEventAgeInSeconds"], 21_600),
    onFailure: optionalText(destination),
    logGroup: optionalText(object(one["loggingConfig"])["logGroup"]) ?? `/aws/lambda/${text(one["name"])}`,
  };
}

/** The files of a function that the simulator can run, or why it cannot run it. */
export function codeOrReason(one: Fields): Files | string {
  const runtime = one["runtime"];
  if (one["packageType"] === "Image" || one["imageUri"] !== undefined) return "its code is a container image";
  if (one["s3Bucket"] !== undefined) return "its code is in S3";
  if (typeof runtime === "string" && !runtime.startsWith("nodejs")) return `its runtime is ${runtime}`;
  try {
    return filesOf(one["code"]);
  } catch (error) {
    if (error instanceof UnreadableCode) return error.message;
    throw error;
  }
}

/** ARNs by which a function is invoked: its own ARN and the ARNs of its aliases and versions. */
export function namesOf(one: Fields, all: All): readonly string[] {
  const named = [one["name"], one["arn"]];
  const aliases = all("aws:lambda/alias:Alias").filter((alias) => named.includes(alias["functionName"]));
  return [text(one["arn"]), ...aliases.map((alias) => text(alias["arn"]))];
}

/** Reads the rules of EventBridge's default bus that are in force. */
export function rulesIn(all: All): RuleSettings[] {
  const isDefault = ({ eventBusName }: Fields) => eventBusName === undefined || eventBusName === "default";
  const isOn = ({ isEnabled, state }: Fields) => isEnabled !== false && state !== "DISABLED";
  return all("aws:cloudwatch/eventRule:EventRule")
    .filter((rule) => isDefault(rule) && isOn(rule))
    .map((rule) => ({
      name: text(rule["name"]),
      arn: text(rule["arn"]),
      pattern: typeof rule["eventPattern"] === "string" ? parse(rule["eventPattern"]) : undefined,
      scheduleExpression: optionalText(rule["scheduleExpression"]),
      targets: targetsOf(rule, all),
    }));
}

function targetsOf(rule: Fields, all: All): RuleSettings["targets"] {
  return all("aws:cloudwatch/eventTarget:EventTarget")
    .filter((target) => target["rule"] === rule["name"])
    .map((target) => ({
      arn: text(target["arn"]),
      deadLetters: optionalText(object(target["deadLetterConfig"])["arn"]),
    }));
}

/** Sources of the events that hooks, commands and Spot instances cause. */
const sources = ["aws.autoscaling", "aws.ssm", "aws.ec2"];

/** Whether a rule may pass an event of the kind that a rehearsal has. */
export function concernsInstances({ pattern }: RuleSettings): boolean {
  if (pattern === undefined) return false;
  const source = object(pattern)["source"];
  if (!Array.isArray(source)) return true;
  return source.some((one) => typeof one !== "string" || sources.includes(one));
}
