import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkPrefix, encodeBusySettings, handlerTag, Prefer } from "../../contract";
import type { GracefulAutoScalingGroupArgs, LifecycleHandlerRef } from "../arguments";
import { wrongCheck } from "../checks/busyInstances";
import { knownText } from "../checks/script";
import { busyCheckContent } from "../documents";
import { limitTo } from "../iam/limit";
import { placeLimits } from "../iam/place";
import { checkDocumentName, handlerRules, terminationPolicyArn } from "../iam/rules";
import { pattern, policyDocument, type Statement } from "../iam/statement";
import type { HandlerOutputs } from "../lifecycle/handlerOutputs";
import { ownerHash } from "../lifecycle/owner";
import { transitionSettings } from "../lifecycle/transitions";

/** How a group treats busy instances. */
export interface BusyInstances {
  /** The termination policies of the group; undefined for Auto Scaling's own. */
  readonly terminationPolicies: pulumi.Output<string>[] | undefined;
  /** Value of the group's tag; undefined where the handler asks nothing. */
  readonly tag: pulumi.Output<string> | undefined;
  /** Resources that the handler needs as long as there are instances. */
  readonly prerequisites: readonly pulumi.Resource[];
}

type Args = Pick<
  GracefulAutoScalingGroupArgs,
  "busyCheck" | "prefer" | "protectWhileBusy" | "tags" | "terminate"
>;

/** Makes what `prefer`, `busyCheck` and `protectWhileBusy` need. */
export function createBusyInstances(
  name: string,
  args: Args,
  given: pulumi.Input<LifecycleHandlerRef>,
  handler: HandlerOutputs,
  opts: pulumi.CustomResourceOptions,
): BusyInstances {
  const { busyCheck, prefer, protectWhileBusy = false } = args;
  const subject = `GracefulAutoScalingGroup "${name}"`;
  const document =
    busyCheck === undefined ? undefined : createCheck(name, subject, busyCheck, args, handler, opts);
  const isAsked = document !== undefined || protectWhileBusy;
  return {
    terminationPolicies: prefer === Prefer.Idle ? [policyOf(subject, given)] : undefined,
    tag: isAsked
      ? pulumi
          .output(document?.name)
          .apply((known) => encodeBusySettings({ document: known, protects: protectWhileBusy }))
      : undefined,
    prerequisites: isAsked
      ? [
          ...(document === undefined ? [] : [document]),
          grant(name, subject, document, protectWhileBusy, handler, opts),
        ]
      : [],
  };
}

/** The document that asks an instance; it keeps no state, and its name changes with handler, stack and component. */
function createCheck(
  name: string,
  subject: string,
  text: pulumi.Input<string>,
  { tags, terminate }: Args,
  handler: HandlerOutputs,
  opts: pulumi.CustomResourceOptions,
): aws.ssm.Document {
  const [platform = "Linux"] = transitionSettings({ terminate }).map(({ script }) => script.platform);
  return new aws.ssm.Document(
    `${name}-busy`,
    {
      name: handler.name.apply((of) => `${checkPrefix(of)}${name}-busy-${ownerHash(name)}`),
      documentType: "Command",
      documentFormat: "JSON",
      targetType: "/AWS::EC2::Instance",
      content: knownText({ subject, argument: "busyCheck", text }, wrongCheck, (known) =>
        busyCheckContent({ platform, text: known }),
      ),
      tags,
    },
    { ...opts, deleteBeforeReplace: false },
  );
}

/**
 * Lets the handler run the check, on instances that its own policy names, and protect instances of groups with its
 * tag. The grant belongs to the group, so a handler without such groups has no such rights.
 */
function grant(
  name: string,
  subject: string,
  document: aws.ssm.Document | undefined,
  protects: boolean,
  handler: HandlerOutputs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  const { account, partition, region } = placeLimits(subject, handler.topicArn);
  const check: Statement[] =
    document === undefined
      ? []
      : [
          {
            Action: "ssm:SendCommand",
            Resource: pattern`arn:${partition}:ssm:${region}:${account}:document/${limitTo(subject, "the name of its check", document.name, checkDocumentName)}`,
          },
        ];
  const protection: Statement[] = protects
    ? [
        {
          Action: "autoscaling:SetInstanceProtection",
          Resource: pattern`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
          Condition: {
            operator: "StringEquals",
            key: `autoscaling:ResourceTag/${handlerTag}`,
            value: limitTo(subject, "handler.name", handler.name, handlerRules.name),
          },
        },
      ]
    : [];
  return new aws.iam.RolePolicy(
    `${name}-busy`,
    { role: handler.functionRoleName, policy: policyDocument([...check, ...protection]) },
    opts,
  );
}

/** The termination policy of the handler; one that was made without `prefer` has none. */
function policyOf(subject: string, given: pulumi.Input<LifecycleHandlerRef>): pulumi.Output<string> {
  const arn = pulumi.output(given).apply((ref) => ref.terminationPolicyArn);
  return limitTo(subject, "handler.terminationPolicyArn", arn, terminationPolicyArn);
}
