import { createRequire } from "node:module";
import { checkConfiguration, type Configurable } from "./configuration";

/**
 * Makes the pack refuse a configuration that names an unknown rule. The engine hands such names to the pack, but the
 * SDK drops them silently, and nobody would notice that the configuration has no effect. So we check the request where
 * the SDK's server reads it; the engine shows an error that is thrown there.
 */
export function checkEachConfiguration(rules: readonly Configurable[]): void {
  const requireOfSdk = createRequire(require.resolve("@pulumi/policy"));
  const service: unknown = requireOfSdk("@pulumi/pulumi/proto/analyzer_grpc_pb");
  // If a later SDK has no such service, names go unchecked, as they would without this function.
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

/** The part of the SDK's gRPC stubs that we need. It would take seconds to load their package for its types alone. */
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
