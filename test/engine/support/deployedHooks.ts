import type { DescribeLifecycleHooksCommandOutput } from "@aws-sdk/client-auto-scaling";
import { accountOpener, type OpenAccount } from "../../../cli/account";
import { isFields, type Fields } from "../../../contract";
import type { StateResource } from "./stack";

/**
 * Opens the account with the hooks as Pulumi's state has them: Moto keeps neither the metadata of a hook nor its target
 * and role.
 */
export function openWithHooksOf(resources: readonly StateResource[]): OpenAccount {
  const hooks = deployedHooks(resources);
  return async (region) => {
    const account = await accountOpener()(region);
    account.clients.autoScaling.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        if (isHooks(result.output))
          for (const hook of result.output.LifecycleHooks ?? []) {
            const given = hooks.get(`${hook.AutoScalingGroupName ?? ""}/${hook.LifecycleHookName ?? ""}`);
            if (given === undefined) continue;
            hook.NotificationMetadata = text(given["notificationMetadata"]);
            hook.NotificationTargetARN = text(given["notificationTargetArn"]);
            hook.RoleARN = text(given["roleArn"]);
          }
        return result;
      },
      { step: "initialize", name: "deployedHooks" },
    );
    return account;
  };
}

function isHooks(output: object): output is DescribeLifecycleHooksCommandOutput {
  return "LifecycleHooks" in output;
}

/** The hooks of a state by group and name; a hook that is a resource takes the place of an initial hook. */
function deployedHooks(resources: readonly StateResource[]): ReadonlyMap<string, Fields> {
  const initial = outputsOf(resources, "aws:autoscaling/group:Group").flatMap(
    ({ initialLifecycleHooks, name }) =>
      (Array.isArray(initialLifecycleHooks) ? initialLifecycleHooks : [])
        .filter(isFields)
        .map((hook): [string, Fields] => [`${String(name)}/${String(hook["name"])}`, hook]),
  );
  const own = outputsOf(resources, "aws:autoscaling/lifecycleHook:LifecycleHook").map(
    (hook): [string, Fields] => [`${String(hook["autoscalingGroupName"])}/${String(hook["name"])}`, hook],
  );
  return new Map([...initial, ...own]);
}

function outputsOf(resources: readonly StateResource[], type: string): Fields[] {
  return resources.filter((one) => one.type === type).map(({ outputs = {} }) => outputs);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
