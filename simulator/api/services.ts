import type { AutoScaling } from "../autoScaling/service";
import type { Context } from "../context";
import type { Ec2 } from "../ec2";
import type { SimulationEvent } from "../event";
import type { EventBus } from "../eventBus";
import type { Lambda } from "../lambda/service";
import type { Fleet } from "../ssm/fleet";
import type { RunCommand } from "../ssm/service";
import type { Topics } from "../topic";
import type { World } from "../world";
import { autoScalingOperations } from "./autoScaling";
import { descriptionOperations } from "./autoScaling/description";
import { documentOperations } from "./documents";
import { ec2Operations } from "./ec2";
import { eventRuleOperations } from "./eventRules";
import { eventOperations } from "./events";
import { iamOperations } from "./iam";
import { lambdaOperations } from "./lambda";
import { launchTemplateOperations } from "./launchTemplates";
import { loadBalancingOperations } from "./loadBalancing";
import { logsOperations } from "./logs";
import { metricOperations } from "./metrics";
import { snsOperations } from "./sns";
import { sqsOperations } from "./sqs";
import { ssmOperations } from "./ssm";
import { stsOperations } from "./sts";
import { topicOperations } from "./topics";
import type { Services } from "./server";

/** What the services of the simulator are made of. */
export interface Parts {
  readonly context: Context;
  readonly world: World;
  readonly events: readonly SimulationEvent[];
  readonly autoScaling: AutoScaling;
  readonly ec2: Ec2;
  readonly bus: EventBus;
  readonly topics: Topics;
  readonly lambda: Lambda;
  readonly runCommand: RunCommand;
  readonly fleet: Fleet;
}

/** Everything that the simulator answers, by service and action. */
export function createServices(parts: Parts): Services {
  const { autoScaling, bus, context, ec2, events, fleet, lambda, runCommand, topics, world } = parts;
  return {
    autoscaling: { ...autoScalingOperations(autoScaling), ...descriptionOperations(world) },
    ec2: { ...ec2Operations(ec2), ...launchTemplateOperations(world) },
    elasticloadbalancing: loadBalancingOperations(world),
    events: { ...eventRuleOperations(world), ...eventOperations(bus) },
    iam: iamOperations(world),
    lambda: lambdaOperations(world),
    logs: logsOperations(context, world.functions, events),
    monitoring: metricOperations(events),
    sns: {
      ...topicOperations(context, world),
      ...snsOperations((topic, message, subject, caller) => {
        const role = lambda.environmentOf(caller)?.role;
        const depth = lambda.depthOf(caller) + 1;
        if (!world.topics.has(topic)) return "unknown";
        return topics.publish({ topic, message, subject, role, depth }) ? "published" : "denied";
      }),
    },
    sqs: sqsOperations(
      context,
      world,
      (arn) => lambda.deadLetters.filter(({ queue }) => queue === arn).length,
    ),
    ssm: { ...ssmOperations(context, runCommand, fleet), ...documentOperations(context, world) },
    sts: stsOperations(context),
  };
}
