import type { Context } from "./context";
import { sendToOne } from "./send";
import { servedHooks } from "./servedHook";
import type { SpotWarning } from "./trigger";

/**
 * EC2 interrupts a Spot instance in two minutes: its stop script starts now, not when the hook fires. The rule matches
 * all Spot instances of the account, so we read the group's hook first. A command that we send when the hook fires
 * joins this run.
 */
export async function onSpotWarning(context: Context, { instance }: SpotWarning): Promise<void> {
  const group = (await context.autoScaling.describe([instance])).get(instance)?.group;
  const hooks =
    group === undefined
      ? []
      : servedHooks(context.handler, group, await context.autoScaling.hooks(group), context.log);
  const hook = hooks.find(({ transition }) => transition === "terminate");
  if (hook === undefined) {
    context.log.info({ message: "ignored: the Spot instance is in no group of this handler", instance });
    return;
  }
  const run = { instance, token: undefined, since: context.clock.now(), early: true };
  const sent = await sendToOne(context, hook, run);
  if (sent.kind !== "refused") return;
  context.log.warn({
    message: `SSM refuses the command for a Spot instance: ${sent.cause}`,
    group: hook.group,
    hook: hook.name,
    instance,
  });
}
