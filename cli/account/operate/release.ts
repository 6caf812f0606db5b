import { TerminateInstanceInAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { retains, type LifecycleActionResult } from "../../../contract";
import { isAtHook } from "../../../handler/servedHook";
import type { Terminal } from "../../terminal";
import type { Account, OpenAccount } from "../account";
import type { OwnHook } from "../hooks";
import { autoScalingOf, findInstance, isRetained, ownHooksOf, type FoundInstance } from "./find";
import { endHold, readHoldOf } from "./holds";

/** The options of `graceful-asg release`. */
export interface ReleaseOptions {
  readonly instance: string;
  readonly abandon: boolean;
  readonly region: string | undefined;
}

/** Ends the wait of an instance, or ends an instance that is kept for inspection. */
export async function release(
  options: ReleaseOptions,
  open: OpenAccount,
  terminal: Terminal,
): Promise<number> {
  const { abandon, instance, region } = options;
  const account = await open(region);
  const found = await findInstance(account, instance, (one) => isAtHook(one) || isRetained(one), "release");
  if (isRetained(found)) await terminate(account, found, terminal);
  else await complete(account, found, abandon ? "ABANDON" : "CONTINUE", terminal);
  if ((await readHoldOf(account, instance)) !== undefined) {
    await endHold(account, instance);
    terminal.line(`The hold of ${instance} has ended.`);
  }
  return 0;
}

/** A retained instance is terminated as any other: its hook fires again, and the handler lets it go. */
async function terminate(account: Account, found: FoundInstance, terminal: Terminal): Promise<void> {
  const { group, instance, lifecycleState } = found;
  await account.clients.autoScaling.send(
    // A retained instance counts as no capacity, so AWS refuses to lower the capacity with it.
    new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId: instance,
      ShouldDecrementDesiredCapacity: false,
    }),
  );
  terminal.line(`${instance} of ${group} was ${lifecycleState}: Auto Scaling terminates it.`);
  terminal.line(
    "Its hook fires once more; the handler completes it with CONTINUE, as the instance was retained before.",
  );
}

async function complete(
  account: Account,
  found: FoundInstance,
  result: LifecycleActionResult,
  terminal: Terminal,
): Promise<void> {
  const { foreign, group, instance } = found;
  const autoScaling = autoScalingOf(account);
  for (const hook of ownHooksOf(found, "complete-lifecycle-action")) {
    const action = { group, hook: hook.name, instance, token: undefined };
    const isCompleted = await autoScaling.complete(action, result);
    terminal.line(
      isCompleted
        ? `${instance}: the action of ${hook.name} is completed with ${result}. ${nextOf(hook, result)}`
        : `${instance}: the action of ${hook.name} is over already, by the handler or by somebody else.`,
    );
  }
  if (foreign.length > 0 && result === "CONTINUE")
    terminal.line(
      `${instance} may still wait at ${foreign.join(", ")}, which no handler of graceful-asg serves.`,
    );
}

/** What Auto Scaling does next. */
function nextOf({ instructions, transition }: OwnHook, result: LifecycleActionResult): string {
  if (transition === "launch")
    return result === "CONTINUE"
      ? "The instance goes into service, whatever its launch script has done."
      : "Auto Scaling terminates the instance and launches another instance.";
  if (result === "ABANDON" && retains(instructions.onFailure))
    return "The group retains instances whose hook is abandoned: the instance is kept and billed until graceful-asg release ends it.";
  return "Auto Scaling terminates the instance, whatever its stop script is doing.";
}
