import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  RegisterPackageResponse,
  SupportsFeatureResponse,
  type ReadResourceRequest,
  type RegisterResourceRequest,
  type ResourceInvokeRequest,
  type SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Monitor } from "./monitor";
import { Empty } from "./sdk";

/** What a program may ask of a monitor, by the names of gRPC. */
export function monitorMethods(monitor: Monitor) {
  const done = () => new Empty();
  return {
    supportsFeature: (request: SupportsFeatureRequest) =>
      new SupportsFeatureResponse().setHassupport(request.getId() !== "outputValues"),
    invoke: (request: ResourceInvokeRequest) => monitor.invoke(request),
    // Methods belong to remote components, whose outputs stay unknown as in a preview.
    call: () => new CallResponse(),
    readResource: (request: ReadResourceRequest) => monitor.readResource(request),
    registerResource: (request: RegisterResourceRequest) => monitor.register(request),
    registerResourceOutputs: done,
    registerStackTransform: (callback: Callback) => {
      monitor.stackTransforms.push(callback);
      return done();
    },
    registerStackInvokeTransform: (callback: Callback) => {
      monitor.invokeTransforms.push(callback);
      return done();
    },
    registerResourceHook: done,
    registerErrorHook: done,
    registerPackage: () => new RegisterPackageResponse().setRef("package"),
    signalAndWaitForShutdown: done,
  };
}

/** Passes the result or the error of a method to a callback, as gRPC does. */
export function callBack<Request, Response>(
  method: (request: Request) => Response | Promise<Response>,
  request: Request,
  callback: (error: Error | null, response?: Response) => void,
): void {
  Promise.resolve(request)
    .then(method)
    .then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
}
