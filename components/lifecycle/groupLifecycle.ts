import * as pulumi from "@pulumi/pulumi";
import {
  deregistrationDelayOf,
  describeTimeline,
  timeline,
  type Plan,
  type TargetGroupTimes,
} from "../../timing";
import type { GroupLifecycleArgs, LifecycleHandlerRef } from "../arguments";
import type { CheckedOrganisation } from "../iam/organisation";
import { LifecycleHandler } from "../lifecycleHandler";
import { createDocuments, type Documents } from "./ssmDocuments";
import { handlerOutputs, type HandlerOutputs } from "./handlerOutputs";
import { hookSettings, type HookSettings } from "./hooks";
import { ownHandlerArgs, type OwnHandlerArgs } from "./ownHandler";
import { announceSettings, planOf, transitionSettings, type LifecycleArgs } from "./transitions";

/** What the lifecycle of a group needs, whether the component makes the group or not. */
export interface GroupLifecycle {
  readonly plan: Plan;
  readonly handler: HandlerOutputs;
  /** The handler as it was given or made. */
  readonly given: pulumi.Input<LifecycleHandlerRef>;
  /** The handler where it is a component of this program, given or made here. */
  readonly component: LifecycleHandler | undefined;
  readonly documents: Documents;
  readonly hooks: readonly HookSettings[];
  /** Resources that have to exist before the first hook. */
  readonly prerequisites: readonly pulumi.Resource[];
}

/** Makes the handler, unless one is given, and the documents, and derives the hooks. */
export function createGroupLifecycle(
  subject: string,
  name: string,
  args: GroupLifecycleArgs & OwnHandlerArgs & Pick<LifecycleArgs, "maxSize" | "warmPool">,
  targetGroups: readonly TargetGroupTimes[],
  organisation: CheckedOrganisation,
  opts: pulumi.CustomResourceOptions,
): GroupLifecycle {
  const plan = planOf(args, targetGroups);
  const transitions = transitionSettings(args);
  const deregistrationDelay = deregistrationDelayOf(plan);
  const given = args.handler ?? new LifecycleHandler(`${name}-handler`, ownHandlerArgs(args), opts);
  const handler = handlerOutputs(subject, given);
  const documents = createDocuments(
    subject,
    name,
    handler.name,
    { transitions, announce: announceSettings(args), deregistrationDelay },
    organisation,
    opts,
  );
  return {
    plan,
    handler,
    given,
    component: given instanceof LifecycleHandler ? given : undefined,
    documents,
    hooks: hookSettings(transitions, documents, handler, plan, args),
    prerequisites: pulumi.Resource.isInstance(given) ? [given] : [],
  };
}

/** The outputs that a component has of the lifecycle of its group. */
export function lifecycleOutputs({ documents, handler, plan }: GroupLifecycle) {
  const nameOf = (document: Documents[keyof Documents]) =>
    pulumi.output(document?.name).apply((found = "") => found);
  return {
    functionName: handler.name,
    functionRoleName: handler.functionRoleName,
    terminateDocumentName: nameOf(documents.terminate),
    launchDocumentName: nameOf(documents.launch),
    timeline: pulumi.output(describeTimeline(timeline(plan))),
  };
}
