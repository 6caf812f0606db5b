import type { handleUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
  type LogRequest,
  type SetRootResourceRequest,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { callBack, monitorMethods } from "./methods";
import type { Monitor } from "./monitor";
import { Empty, grpc } from "./sdk";

/** A message of a program. */
export interface LogEntry {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

/** Where a program finds the engine. */
export interface EngineServer {
  /** Host and port. */
  readonly address: string;
  close(): void;
}

/** Programs send whole archives. */
const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves a monitor and the engine's log to a program, on the loopback. */
export async function startEngine(monitor: Monitor, log: (entry: LogEntry) => void): Promise<EngineServer> {
  const server = new grpc.Server(unlimited);
  server.addService(ResourceMonitorService, monitorHandlers(monitor));
  server.addService(EngineService, engineHandlers(log));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      monitor.close();
      server.forceShutdown();
    },
  };
}

function monitorHandlers(monitor: Monitor) {
  const methods = monitorMethods(monitor);
  return {
    supportsFeature: answer(methods.supportsFeature),
    invoke: answer(methods.invoke),
    call: answer(methods.call),
    readResource: answer(methods.readResource),
    registerResource: answer(methods.registerResource),
    registerResourceOutputs: answer(methods.registerResourceOutputs),
    registerStackTransform: answer(methods.registerStackTransform),
    registerStackInvokeTransform: answer(methods.registerStackInvokeTransform),
    registerResourceHook: answer(methods.registerResourceHook),
    registerErrorHook: answer(methods.registerErrorHook),
    registerPackage: answer(methods.registerPackage),
    signalAndWaitForShutdown: answer(methods.signalAndWaitForShutdown),
  };
}

function engineHandlers(log: (entry: LogEntry) => void) {
  let root = "";
  return {
    log: answer((request: LogRequest) => {
      const severity = severities[request.getSeverity()];
      if (severity !== undefined && !request.getEphemeral()) log({ severity, message: request.getMessage() });
      return new Empty();
    }),
    getRootResource: answer(() => new GetRootResourceResponse().setUrn(root)),
    setRootResource: answer((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new SetRootResourceResponse();
    }),
    startDebugging: answer(() => new Empty()),
    requirePulumiVersion: answer(() => new RequirePulumiVersionResponse()),
  };
}

/** Severities of the messages that are passed on; debugging output is not. */
const severities: Readonly<Record<number, LogEntry["severity"] | undefined>> = {
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
};

/** Answers a call of gRPC with the result of a method. */
function answer<Request, Response>(
  method: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    callBack(method, request, (error, response) => {
      callback(error === null ? null : { code: grpc.status.UNKNOWN, details: error.message }, response);
    });
  };
}
