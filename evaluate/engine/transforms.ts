import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest, type Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResourceOptions,
  TransformResponse,
  type RegisterResourceRequest,
  type ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { grpc } from "./sdk";

/** Calls the functions that a program hands to the engine. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  /**
   * Changes a registration as the given transforms say, one after the other.
   * @throws any error of a transform, as an error of gRPC
   */
  async transform(request: RegisterResourceRequest, transforms: readonly Callback[]): Promise<void> {
    for (const transform of transforms) {
      const asked = transformRequest(request);
      const answer = TransformResponse.deserializeBinary(
        await this.invoke(transform, asked.serializeBinary()),
      );
      request.setObject(answer.getProperties());
      const options = answer.getOptions();
      if (options !== undefined) setOptions(request, options);
    }
  }

  /** Changes the arguments of a look-up as the given transforms say. */
  async transformInvoke(request: ResourceInvokeRequest, transforms: readonly Callback[]): Promise<void> {
    for (const transform of transforms) {
      const asked = new TransformInvokeRequest().setToken(request.getTok()).setArgs(request.getArgs());
      const answer = await this.invoke(transform, asked.serializeBinary());
      request.setArgs(TransformInvokeResponse.deserializeBinary(answer).getArgs());
    }
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private invoke(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const client = this.clientOf(callback.getTarget());
    const call = new CallbackInvokeRequest().setToken(callback.getToken()).setRequest(request);
    return new Promise((resolve, reject) => {
      client.invoke(call, (error, response) => {
        if (error === null) resolve(response.getResponse_asU8());
        else reject(error);
      });
    });
  }

  private clientOf(target: string): CallbacksClient {
    const known = this.clients.get(target);
    if (known !== undefined) return known;
    const client = new CallbacksClient(target, grpc.credentials.createInsecure());
    this.clients.set(target, client);
    return client;
  }
}

function transformRequest(request: RegisterResourceRequest): TransformRequest {
  const options = new TransformResourceOptions()
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setAliasesList(request.getAliasesList())
    .setCustomTimeouts(request.getCustomtimeouts())
    .setDeletedWith(request.getDeletedwith())
    .setDependsOnList(request.getDependenciesList())
    .setHooks(request.getHooks())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setImport(request.getImportid())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setProvider(request.getProvider())
    .setReplaceOnChangesList(request.getReplaceonchangesList())
    .setVersion(request.getVersion());
  if (request.getDeletebeforereplacedefined())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
  for (const [name, provider] of request.getProvidersMap().getEntryList())
    options.getProvidersMap().set(name, provider);
  return new TransformRequest()
    .setType(request.getType())
    .setName(request.getName())
    .setCustom(request.getCustom())
    .setParent(request.getParent())
    .setProperties(request.getObject())
    .setOptions(options);
}

/** Takes over the options that a rehearsal looks at. */
function setOptions(request: RegisterResourceRequest, options: TransformResourceOptions): void {
  request
    .setCustomtimeouts(options.getCustomTimeouts())
    .setDeletedwith(options.getDeletedWith())
    .setDependenciesList(options.getDependsOnList())
    .setIgnorechangesList(options.getIgnoreChangesList())
    .setProvider(options.getProvider())
    .setReplaceonchangesList(options.getReplaceOnChangesList());
  if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
  if (options.hasDeleteBeforeReplace()) {
    request
      .setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false)
      .setDeletebeforereplacedefined(true);
  }
}
