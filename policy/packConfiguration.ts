import { createRequire } from "node:module";
import { checkConfiguration, type Configurable } from "./configuration";

/**
 * Has the pack refuse a configuration that names a rule that there is not. The engine hands such names to the pack, whose
 * SDK drops them without a word, and nobody would notice that a rule does not do what was asked of it. So the request is
 * looked at where the SDK's server reads it; what is thrown there is what the engine says.
 */
export function checkEachConfiguration(rules: readonly Configurable[]): void {
  const requireOfSdk = createRequire(require.resolve("@pulumi/policy"));
  const service: unknown = requireOfSdk("@pulumi/pulumi/proto/analyzer_grpc_pb");
  // Where a later SDK has no such service, its names go unchecked as they would without this.
  if (!isServiceModule(service)) return;
  const { configure } = service.AnalyzerService;
  const { requestDeserialize } = configure;
  configure.requestDeserialize = (bytes) => {
    const request = requestDeserialize(bytes);
    const policies = request.getPolicyconfigMap();
    request.getPolicyconfigMap = () => {
      const configuration: Record<string, unknown> = {};
      for (const [name, entry] of policies.entries()) {
        configuration[name] = entry.getProperties()?.toJavaScript() ?? {};
      }
      checkConfiguration(configuration, rules);
      return policies;
    };
    return request;
  };
}

/** The part of the SDK's gRPC stubs that is needed. Their package would take seconds to load for its types alone. */
interface ServiceModule {
  readonly AnalyzerService: {
    readonly configure: { requestDeserialize: (bytes: Uint8Array) => ConfigureRequest };
  };
}

interface ConfigureRequest {
  getPolicyconfigMap(): Policies;
}

interface Policies {
  entries(): Iterable<[string, { getProperties(): { toJavaScript(): object } | undefined }]>;
}

function isServiceModule(value: unknown): value is ServiceModule {
  const configure = ["AnalyzerService", "configure", "requestDeserialize"].reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
  return typeof configure === "function";
}
