import {
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  type AutoScalingGroup,
  type AutoScalingInstanceDetails,
} from "@aws-sdk/client-auto-scaling";
import type { Account } from "../../account";
import { handlersOf } from "../../groups";
import { readHooks, type AccountHook } from "../../hooks";
import type { GroupFacts } from "../facts";
import type { Sources } from "./sources";

/** A group and an instance in it, as they are now. */
export interface FoundGroup {
  readonly settings: GroupFacts | undefined;
  readonly handlers: readonly string[];
}

/** The instance as its group has it; undefined once the instance has left the group. */
export async function readInstance(
  { clients }: Account,
  sources: Sources,
  instance: string,
): Promise<AutoScalingInstanceDetails | undefined> {
  const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: [instance] });
  const found = await sources.read("The present state of the instance is missing", () =>
    clients.autoScaling.send(command),
  );
  return found?.AutoScalingInstances?.[0];
}

/** The present settings of a group that may be gone. */
export async function readGroup({ clients }: Account, sources: Sources, group: string): Promise<FoundGroup> {
  const described = await sources.read(
    "The handlers of the group are missing, and with them their logs",
    () => clients.autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] })),
  );
  const [found] = described?.AutoScalingGroups ?? [];
  if (described !== undefined && found === undefined) {
    sources.note(
      `The group ${group} is gone, and with it the names of its handlers: their logs were not read.`,
    );
    return { settings: undefined, handlers: [] };
  }
  const hooks =
    (await sources.read("The settings of the hooks are missing", () => readHooks({ clients }, group))) ?? [];
  const named = hooks.flatMap(({ instructions }) => instructions?.handler ?? []);
  return {
    settings: settingsOf(found, hooks),
    handlers: [...new Set([...(found === undefined ? [] : handlersOf(found)), ...named])],
  };
}

function settingsOf(found: AutoScalingGroup | undefined, hooks: readonly AccountHook[]): GroupFacts {
  const { TargetGroupARNs = [], TrafficSources = [], WarmPoolConfiguration } = found ?? {};
  const isDeregistered = hooks.some(({ instructions }) => (instructions?.deregistrationDelay ?? 0) > 0);
  return {
    hasTargetGroup: TargetGroupARNs.length > 0 || TrafficSources.length > 0 || isDeregistered,
    poolState: WarmPoolConfiguration && (WarmPoolConfiguration.PoolState ?? "Stopped"),
    hooks,
  };
}
