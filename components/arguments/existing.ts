import type * as pulumi from "@pulumi/pulumi";
import type { GroupLifecycleArgs } from "./lifecycle";

/** A tag of instances. */
export interface InstanceTagArgs {
  /** Key of the tag. */
  key: string;
  /** Value of the tag. */
  value: pulumi.Input<string>;
}

/** Arguments of `GracefulLifecycle`. Times are in seconds. */
export interface GracefulLifecycleArgs extends GroupLifecycleArgs {
  /** Name of the group. The group exists already and is managed elsewhere. */
  groupName: pulumi.Input<string>;
  /**
   * A tag that all instances of the group carry. The handler may run its documents on instances with this tag;
   * instances that were launched before the handler existed do not carry the handler's own tag.
   */
  instanceTag: InstanceTagArgs;
  /**
   * Seconds that the group's target groups let connections drain, 0 for a group without target groups; for a target group
   * of a Network Load Balancer at least 120. Defaults to 300.
   */
  deregistrationDelay?: number;
}
