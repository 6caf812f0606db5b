// @ts-nocheck
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { ServiceError } from "@grpc/grpc-js";
import type { Inputs, Registration } from "./registration";
import { withLateErrors } from "./lateErrors";
import { createdState, lookUp, type Account } from "./provider";
import { withoutIdleStacks } from "./stacks";

/** Where a program believes to run. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
  /** Configuration by full key, as in `aws:region`. */
  readonly config: Readonly<Record<string, string>>;
  readonly account: Account;
  /** Whether ids and names stay unknown, as in the preview of a new stack. */
  readonly preview?: boolean;
}

/**
 * Runs Pulumi code without an engine and records what it registers. One at a time in a process, as Pulumi keeps its
 * connection in a global.
 * @throws whatever the code throws; a resource whose inputs cannot be serialized rejects here too.
 */
export async function record<Result>(
  { account, config, preview, project, stack }: Deployment,
  run: () => Result | Promise<Result>,
): Promise<{ readonly registrations: readonly Registration[]; readonly result: Result }> {
  const registrations: Registration[] = [];
  pulumi.runtime.setAllConfig({ ...config });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ inputs, name, type }) =>
        preview
          ? { id: undefined, state: asInputs(inputs) }
          : createdState(account, type, name, asInputs(inputs)),
      call: ({ inputs, token }) => lookUp(account, token, asInputs(inputs)),
    },
    project,
    stack,
    preview ?? false,
  );
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) throw new Error("Pulumi has no monitor though it was given mocks");
  const register = monitor.registerResource.bind(monitor);
  const recorder = (request: Request, callback: Callback) =>
    register(request, (error, response) => {
      if (error === null) registrations.push(registrationOf(request, response));
      callback(error, response);
    });
  Object.assign(monitor, { registerResource: recorder });
  return withoutIdleStacks(() =>
    withLateErrors(async () => {
      const result = await run();
      await pulumi.runtime.disconnect();
      return { registrations, result };
    }),
  );
}

function registrationOf(request: Request, response: RegisterResourceResponse): Registration {
  const timeouts = request.getCustomtimeouts();
  return {
    urn: response.getUrn(),
    type: request.getType(),
    name: request.getName(),
    inputs: properties(request.getObject()),
    state: properties(response.getObject()),
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    deletedWith: request.getDeletedwith(),
    replaceOnChanges: request.getReplaceonchangesList(),
    ignoreChanges: request.getIgnorechangesList(),
    deleteBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
    retainOnDelete: request.getRetainondelete() ?? false,
    customTimeouts: {
      create: timeouts?.getCreate() ?? "",
      update: timeouts?.getUpdate() ?? "",
      delete: timeouts?.getDelete() ?? "",
    },
  };
}

type Request = RegisterResourceRequest;
type Callback = (error: ServiceError | null, response: RegisterResourceResponse) => void;

/** Properties as AWS would get them: what is secret in the state is not on its way. */
function properties(struct: ReturnType<Request["getObject"]>): Inputs {
  if (!struct) return {};
  const found = Object.entries(asInputs(pulumi.runtime.deserializeProperties(struct)));
  return Object.fromEntries(found.map(([name, value]) => [name, pulumi.runtime.unwrapRpcSecret(value)]));
}

function asInputs(value: unknown): Inputs {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
