import { isAllowed, readPolicy, type Request } from "../../../simulator/iam";
import { list, type PolicyStatement } from "../../support/iam/policy";
import type { ServiceCall } from "./recordingProxy";
import { requestsOf, type Place } from "./requests";

/** Actions of docs/permissions.md that no test of the engine calls, and when they are called. */
export const uncalled: Readonly<Record<string, string>> = {
  "autoscaling:CancelInstanceRefresh": "instanceRefresh is given, and a group is deleted during a refresh",
  "autoscaling:DescribeInstanceRefreshes": "instanceRefresh is given",
  "autoscaling:DisableMetricsCollection": "enabledMetrics is taken back",
  "autoscaling:StartInstanceRefresh": "instanceRefresh is given",
  "ec2:CreateLaunchTemplateVersion": "instance is changed",
  "ec2:ModifyLaunchTemplate": "instance is changed",
  "ec2:RevokeSecurityGroupIngress": "the example's listenerPort or applicationPort is changed",
  "elasticloadbalancing:DescribeTargetHealth": "waitForCapacity is given",
  "elasticloadbalancing:ModifyListener": "the example's certificateArn is changed",
  "elasticloadbalancing:ModifyTargetGroup": "targetGroup.healthCheck is changed",
  "elasticloadbalancing:SetSecurityGroups": "the example's vpcId is changed",
  "elasticloadbalancing:SetSubnets": "the example's subnetIds are changed",
  "lambda:DeleteFunctionConcurrency": "reservedConcurrency is taken back",
  "lambda:PutFunctionConcurrency": "reservedConcurrency is given",
  "lambda:UpdateFunctionCode": "the package is upgraded",
  "lambda:UpdateFunctionConfiguration": "the package is upgraded",
  "ssm:GetParameters": "EC2 finds the image of a launch template that names a parameter",
};

/** Permissions that a deployer lacks, and actions that a deployer needs. */
export interface Needed {
  /** Requests that the statements do not allow, each once. */
  readonly denied: readonly string[];
  /** Actions of the calls. */
  readonly actions: ReadonlySet<string>;
}

/** Compares calls with the statements of their deployer. */
export async function needed(
  calls: readonly ServiceCall[],
  statements: readonly PolicyStatement[],
  place: Place,
): Promise<Needed> {
  const read = readPolicy("the deployer", "identity", { Statement: statements });
  const requests: Request[] = [];
  for (const call of calls) requests.push(...(await requestsOf(call, place)));
  const denied = requests.filter((request) => !isAllowed(read, request));
  return {
    denied: [...new Set(denied.map(({ action, resource }) => `${action} on ${resource}`))].sort(),
    actions: new Set(requests.map(({ action }) => action)),
  };
}

/** Actions that statements name and that no call needed. */
export function unused(statements: readonly PolicyStatement[], { actions }: Needed): string[] {
  const named = new Set(statements.flatMap(({ Action }) => list(Action)));
  return [...named].filter((action) => !actions.has(action)).sort();
}
