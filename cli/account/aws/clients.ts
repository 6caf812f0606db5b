import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { FinalizeHandler, FinalizeHandlerArguments, MiddlewareStack } from "@smithy/types";

/** Clients of the SDK for the services that the commands ask. */
export interface Clients {
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** Gets the headers of each answer, and the name of the call. */
export type OnAnswer = (call: string, headers: Readonly<Record<string, string>>) => void;

/** Most tries of a call that AWS throttles or fails; many groups are read side by side. */
const maxAttempts = 8;

/**
 * Makes the clients; credentials, profile and endpoint are the SDK's own business.
 * @param region undefined for the Region of the environment or of the profile
 */
export function createClients(region: string | undefined, onAnswer: OnAnswer): Clients {
  const settings = { maxAttempts, ...(region === undefined ? {} : { region }) };
  const heard = <Input extends object, Output extends object, Client>(
    client: Client & { readonly middlewareStack: MiddlewareStack<Input, Output> },
  ): Client => {
    listen(client.middlewareStack, onAnswer);
    return client;
  };
  return {
    autoScaling: heard(new AutoScalingClient(settings)),
    cloudWatch: heard(new CloudWatchClient(settings)),
    ec2: heard(new EC2Client(settings)),
    elb: heard(new ElasticLoadBalancingV2Client(settings)),
    events: heard(new EventBridgeClient(settings)),
    iam: heard(new IAMClient(settings)),
    lambda: heard(new LambdaClient(settings)),
    logs: heard(new CloudWatchLogsClient(settings)),
    sns: heard(new SNSClient(settings)),
    // The URL of a queue names AWS's endpoint, whatever endpoint the environment names.
    sqs: heard(new SQSClient({ ...settings, useQueueUrlAsEndpoint: false })),
    ssm: heard(new SSMClient(settings)),
    sts: heard(new STSClient(settings)),
  };
}

function listen<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  onAnswer: OnAnswer,
): void {
  stack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
        onAnswer(String(commandName).replace(/Command$/, ""), headers ?? {});
        return result;
      },
    { step: "deserialize", priority: "low", name: "onAnswer" },
  );
  stack.addRelativeTo(
    (next: FinalizeHandler<Input, Output>) => async (args: FinalizeHandlerArguments<Input>) => {
      try {
        return await next(args);
      } catch (error) {
        throw repeatedForClockOnly(error);
      }
    },
    { relation: "after", toMiddleware: "retryMiddleware", name: "repeatedForClockOnly" },
  );
}

/** Errors of a request whose time is wrong. Source: the SDK, clock skew errors. */
const clockErrors: ReadonlySet<string> = new Set([
  "AuthFailure",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);

/** Where this machine's clock is wrong, the SDK corrects it and repeats the call, whatever error AWS has answered. */
function repeatedForClockOnly(error: unknown): unknown {
  if (!(error instanceof Error) || clockErrors.has(error.name) || !("$metadata" in error)) return error;
  Object.assign(error.$metadata as object, { clockSkewCorrected: false });
  return error;
}
