import { AutoScalingClient, CompleteLifecycleActionCommand } from "@aws-sdk/client-auto-scaling";
import { SSMClient, SendCommandCommand } from "@aws-sdk/client-ssm";

/**
 * A function as teams write it for themselves, to compare with: it sends the document at the event of the hook and
 * completes at the event of the command, and the clients of the SDK cope with throttling as they can.
 */
const patient = { retryMode: "adaptive", maxAttempts: 10 };
const autoScaling = new AutoScalingClient(patient);
const ssm = new SSMClient(patient);

interface HookMessage {
  readonly AutoScalingGroupName: string;
  readonly LifecycleHookName: string;
  readonly EC2InstanceId?: string;
  readonly NotificationMetadata: string;
}

interface PlainEvent {
  readonly Records?: readonly { readonly Sns: { readonly Message: string } }[];
  readonly detail?: {
    readonly status?: string;
    readonly parameters?: Readonly<Record<string, readonly [string]>>;
  };
}

export async function handler({ Records = [], detail }: PlainEvent): Promise<void> {
  for (const { Sns } of Records) {
    const message = JSON.parse(Sns.Message) as HookMessage;
    const { AutoScalingGroupName, EC2InstanceId, LifecycleHookName, NotificationMetadata } = message;
    if (EC2InstanceId === undefined) continue;
    const { document } = JSON.parse(NotificationMetadata) as { readonly document: string };
    const command = new SendCommandCommand({
      DocumentName: document,
      InstanceIds: [EC2InstanceId],
      Parameters: {
        group: [AutoScalingGroupName],
        hook: [LifecycleHookName],
        instance: [EC2InstanceId],
        transition: ["terminate"],
      },
    });
    await ssm.send(command);
  }
  const { parameters, status } = detail ?? {};
  if (status !== "Success" || parameters === undefined) return;
  const command = new CompleteLifecycleActionCommand({
    AutoScalingGroupName: parameters["group"]?.[0],
    LifecycleHookName: parameters["hook"]?.[0],
    InstanceId: parameters["instance"]?.[0],
    LifecycleActionResult: "CONTINUE",
  });
  await autoScaling.send(command);
}
