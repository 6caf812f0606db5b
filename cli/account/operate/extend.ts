import { holdRoom } from "../../../handler/decide";
import { isAtHook } from "../../../handler/servedHook";
import type { Activity } from "../../../handler/situation";
import { globalTimeout } from "../../../timing";
import { AccountError } from "../../accountError";
import { timeText, type Terminal } from "../../terminal";
import type { OpenAccount } from "../account";
import type { OwnHook } from "../hooks";
import { autoScalingOf, findInstance, ownHooksOf } from "./find";
import { holdUntil } from "./holds";

/** The options of `graceful-asg extend`. */
export interface ExtendOptions {
  readonly instance: string;
  /** Milliseconds. */
  readonly for: number;
  readonly region: string | undefined;
}

/** Holds an instance: until then the handler keeps its hook open and does not give up on it. */
export async function extend(options: ExtendOptions, open: OpenAccount, terminal: Terminal): Promise<number> {
  const { instance, region } = options;
  const account = await open(region);
  const found = await findInstance(account, instance, isAtHook, "extend");
  const hooks = ownHooksOf(found, "record-lifecycle-action-heartbeat");
  const autoScaling = autoScalingOf(account);
  const now = account.clock.now();
  const until = now + options.for;
  for (const hook of hooks) {
    const activities = await autoScaling.activities(found.group, hook.transition, [instance], false);
    refuseTooLong(options, hook, activities.get(instance), now);
  }
  // The hold comes first: a hook that is extended without a hold would end with the next failure.
  const value = await holdUntil(account, instance, until);
  for (const { name } of hooks) {
    const isExtended = await autoScaling.heartbeat({
      group: found.group,
      hook: name,
      instance,
      token: undefined,
    });
    terminal.line(
      isExtended
        ? `${instance} is held at ${name} until ${value}, for ${timeText(options.for)}.`
        : `${instance}: the action of ${name} is over already; the hold does nothing there.`,
    );
  }
  terminal.line(
    "Until then the handler keeps the hook open and does not apply the failure policy. A script that succeeds ends the wait at once.",
  );
  terminal.line(`graceful-asg retry ${instance} runs a script again that has failed, release ends the hold.`);
  return 0;
}

/** Auto Scaling ends a wait at the hook's global timeout, whatever anybody says. */
function refuseTooLong(
  { for: asked, instance }: ExtendOptions,
  { heartbeatTimeout, name }: OwnHook,
  activity: Activity | undefined,
  now: number,
): void {
  const began = activity?.startedAt ?? now;
  const left = began + globalTimeout(heartbeatTimeout) * 1000 - holdRoom - now;
  if (asked <= left) return;
  throw new AccountError(
    `--for is ${timeText(asked)}, but ${name} of ${instance} can last ${timeText(left)} more at most: Auto Scaling ends a wait after ${timeText(globalTimeout(heartbeatTimeout) * 1000)}. Give less.`,
  );
}
