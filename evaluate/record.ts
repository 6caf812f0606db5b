import * as pulumi from "@pulumi/pulumi";
import { getStore } from "@pulumi/pulumi/runtime/state";
import { Monitor, callBack, monitorMethods } from "./engine";
import { withLateErrors } from "./lateErrors";
import { createProvider, type Account } from "./provider";
import type { Registration } from "./registration";
import { withoutIdleStacks } from "./stacks";

declare module "@pulumi/pulumi/runtime/state" {
  /** The features that this version of the SDK believes the engine has; part of the SDK, left out of its types. */
  export function getStore(): { supportsTransforms: boolean; supportsInvokeTransforms: boolean };
}

/** Where a piece of Pulumi code believes that it runs. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
  /** Configuration by full key, as in `aws:region`. */
  readonly config: Readonly<Record<string, string>>;
  readonly account: Account;
  /** Whether ids and names stay unknown, as in the preview of a new stack. */
  readonly preview?: boolean;
  /** Called for each resource, even if the code fails later. Defaults to none. */
  readonly onRegistration?: (registration: Registration) => void;
}

/**
 * Runs Pulumi code in this process and records its registrations, as `evaluate` does for a program. One run at a time,
 * as Pulumi keeps its connection in a global.
 * @throws any error that the code throws; a resource whose inputs cannot be serialized rejects here too.
 */
export async function record<Result>(
  { account, config, onRegistration = () => undefined, preview = false, project, stack }: Deployment,
  run: () => Result | Promise<Result>,
): Promise<{ readonly registrations: readonly Registration[]; readonly result: Result }> {
  const folder = process.cwd();
  const { provider } = createProvider({ account, folder, preview, stackOutputs: {} });
  const monitor = new Monitor({ project, stack, folder, provider, onRegistration });
  pulumi.runtime.setAllConfig({ ...config });
  const noMocks = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
  await pulumi.runtime.setMocks(noMocks, project, stack, true);
  getStore().supportsTransforms = true;
  getStore().supportsInvokeTransforms = true;
  Object.assign(pulumi.runtime.getMonitor() ?? {}, withCallbacks(monitorMethods(monitor)));
  try {
    return await withoutIdleStacks(() =>
      withLateErrors(async () => {
        const result = await run();
        await pulumi.runtime.disconnect();
        return { registrations: monitor.registrations, result };
      }),
    );
  } finally {
    monitor.close();
  }
}

type Method = (request: never) => unknown;

/** Methods as a client of gRPC has them, which calls back. */
function withCallbacks(methods: Readonly<Record<string, Method>>): Record<string, unknown> {
  const withCallback =
    (method: Method) => (request: never, callback: (error: Error | null, response?: unknown) => void) => {
      callBack(method, request, callback);
    };
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, withCallback(method)]));
}
