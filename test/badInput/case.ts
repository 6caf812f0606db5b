import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  type GracefulAutoScalingGroupArgs,
  type GracefulLifecycleArgs,
} from "../../components";
import { existingArgs, groupArgs, registered, registeredByProgram } from "../support/deployment";

/** A wrong use, and the beginning of the line that has to refuse it. */
export interface Case {
  readonly wrong: () => Promise<unknown>;
  readonly line: RegExp;
}

/** A stack of the program with some settings. */
export function stack(config: Readonly<Record<string, string>>): Case["wrong"] {
  return () =>
    registeredByProgram(
      Object.fromEntries(Object.entries(config).map(([key, value]) => [`graceful-asg:${key}`, value])),
    );
}

/** A group with some arguments. */
export function group(changes: Partial<GracefulAutoScalingGroupArgs>, name = "web"): Case["wrong"] {
  return () => registered(() => new GracefulAutoScalingGroup(name, groupArgs(changes)));
}

/** A group whose termination has some arguments. */
export function terminate(changes: Partial<GracefulAutoScalingGroupArgs["terminate"]>): Case["wrong"] {
  return group({ terminate: { script: "stop", timeout: 120, ...changes } });
}

/** A lifecycle for a group that exists already, with some arguments. */
export function existing(changes: Partial<GracefulLifecycleArgs>, name = "legacy"): Case["wrong"] {
  return () => registered(() => new GracefulLifecycle(name, existingArgs(changes)));
}
