import type { AutoScalingGroup, LifecycleHook } from "@aws-sdk/client-auto-scaling";
import type { Rule } from "@aws-sdk/client-eventbridge";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Reading, Transition } from "../../../contract";
import type { Resources } from "../../../policy/stack/resource";
import type { FollowedTopic } from "./read/follow";
import type { FunctionCounts } from "./read/metrics";
import type { Denial } from "./read/permissions";
import type { Look } from "./read/reads";

/** A group of an account, with everything that its next scale-in depends on. */
export interface LiveGroup {
  readonly name: string;
  readonly described: AutoScalingGroup;
  /** Handlers of graceful-asg that its tags name. */
  readonly handlers: readonly string[];
  readonly hooks: readonly LiveHook[];
  /** Instances in service. */
  readonly inService: readonly string[];
  /** What Systems Manager says of the agents of the instances, by instance. */
  readonly agents: Look<ReadonlyMap<string, string>>;
  /** The handler that the tag of each instance names. */
  readonly instanceTags: Look<ReadonlyMap<string, string>>;
  readonly topics: ReadonlyMap<string, FollowedTopic>;
  /** Its handlers, and the functions that get the events of its hooks. */
  readonly functions: readonly LiveFunction[];
  /** What the roles of its handlers and of its hooks may not do. */
  readonly denials: Look<readonly Denial[]>;
  /** What the rules of the policy pack look at. */
  readonly resources: Resources;
}

/** A hook with its instructions. */
export interface LiveHook {
  readonly name: string;
  readonly described: LifecycleHook;
  readonly transition: Transition | undefined;
  readonly reading: Reading;
  /** The documents that the instructions name, by name; whether each exists. */
  readonly documents: ReadonlyMap<string, Look<unknown>>;
}

/** A function that serves hooks. */
export interface LiveFunction {
  readonly name: string;
  /** Its ARN, with the alias by which it is called; undefined where it could not be read. */
  readonly arn: string | undefined;
  /** Whether it is a handler of graceful-asg. */
  readonly isHandler: boolean;
  readonly configuration: Look<FunctionConfiguration>;
  /** Its policy, as JSON; missing where it has none. */
  readonly policy: Look<string>;
  /** How it fared in the last day. */
  readonly counts: Look<FunctionCounts>;
  /** The rules of EventBridge that invoke it. */
  readonly rules: Look<readonly Rule[]>;
  /** The queues of what it could not handle or did not get. */
  readonly deadLetters: readonly DeadLetters[];
}

/** A dead-letter queue, and how many messages wait in it. */
export interface DeadLetters {
  readonly queue: string;
  readonly waiting: Look<number>;
}
