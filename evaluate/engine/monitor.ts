import type { Struct as Properties } from "google-protobuf/google/protobuf/struct_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  ReadResourceResponse,
  RegisterResourceResponse,
  type ReadResourceRequest,
  type RegisterResourceRequest,
  type ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Provider } from "../provider";
import type { Registration } from "../registration";
import { Struct } from "./sdk";
import { Callbacks } from "./transforms";
import { isFields, type Fields } from "../fields";
import { fromWire, keepSecrets, toWire } from "./values";

/** Where a program is deployed. */
export interface MonitorOptions {
  readonly project: string;
  readonly stack: string;
  /** Folder of the program, where relative paths begin. */
  readonly folder: string;
  readonly provider: Provider;
  /** Called for each resource. Defaults to none. */
  readonly onRegistration?: (registration: Registration) => void;
}

/** A resource with the facts that later resources need. */
interface Known {
  readonly type: string;
  readonly parent: string;
  readonly id: string;
  readonly state: Fields;
  readonly transforms: readonly Callback[];
}

/** Pulumi's resource monitor: takes the registrations of a program and answers with the state from a provider. */
export class Monitor {
  readonly registrations: Registration[] = [];
  /** Transforms of the whole stack, of resources and of look-ups. */
  readonly stackTransforms: Callback[] = [];
  readonly invokeTransforms: Callback[] = [];
  private readonly callbacks = new Callbacks();
  private readonly resources = new Map<string, Known>();

  constructor(private readonly options: MonitorOptions) {}

  /** @throws for a request that Pulumi's engine refuses, and any error of a transform */
  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const transforms = request.getTransformsList();
    const inherited = this.ancestors(request.getParent()).flatMap((one) => one.transforms);
    await this.callbacks.transform(request, [...transforms, ...inherited, ...this.stackTransforms]);
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = this.urn(type, name, parent);
    if (this.resources.has(urn))
      throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);

    const given = fieldsOf(request.getObject());
    const inputs = this.read(given);
    const { id, state } = this.options.provider.create({
      type,
      name,
      inputs,
      isComponent: !request.getCustom(),
      region: this.regionOf(request.getProvider()),
    });
    this.resources.set(urn, { type, parent, id, state, transforms });
    const registration = { ...optionsOf(request), urn, type, name, inputs, state: { id, ...state } };
    this.registrations.push(registration);
    this.options.onRegistration?.(registration);
    return new RegisterResourceResponse()
      .setUrn(urn)
      .setId(id)
      .setObject(this.write(keepSecrets(state, given)));
  }

  /** Reads a resource that exists already, such as the outputs of another stack. */
  readResource(request: ReadResourceRequest): ReadResourceResponse {
    const [type, name, id] = [request.getType(), request.getName(), request.getId()];
    const urn = this.urn(type, name, request.getParent());
    const inputs = this.read(fieldsOf(request.getProperties()));
    const state = this.options.provider.read({ type, name, id, inputs });
    this.resources.set(urn, { type, parent: request.getParent(), id, state, transforms: [] });
    return new ReadResourceResponse().setUrn(urn).setProperties(this.write(state));
  }

  /** Answers a look-up. */
  async invoke(request: ResourceInvokeRequest): Promise<InvokeResponse> {
    await this.callbacks.transformInvoke(request, this.invokeTransforms);
    const inputs = this.read(fieldsOf(request.getArgs()));
    const answer = this.lookUp(request.getTok(), inputs, this.regionOf(request.getProvider()));
    return new InvokeResponse().setReturn(this.write(answer));
  }

  close(): void {
    this.callbacks.close();
  }

  private lookUp(token: string, inputs: Fields, region: string | undefined): Fields {
    if (token !== "pulumi:pulumi:getResource") return this.options.provider.lookUp({ token, inputs, region });
    const urn = String(inputs["urn"]);
    const found = this.resources.get(urn);
    if (found === undefined) throw new Error(`unknown resource ${urn}`);
    return { urn, id: found.id, state: found.state };
  }

  /** The Region of an explicit provider, which requests name as `URN::ID`; undefined for the account's own. */
  private regionOf(provider: string): string | undefined {
    const region = this.resources.get(provider.slice(0, provider.lastIndexOf("::")))?.state["region"];
    return typeof region === "string" ? region : undefined;
  }

  private ancestors(urn: string): Known[] {
    const found = this.resources.get(urn);
    return found === undefined ? [] : [found, ...this.ancestors(found.parent)];
  }

  private urn(type: string, name: string, parent: string): string {
    const { project, stack } = this.options;
    const [, , parentType = ""] = parent.split("::");
    const isRoot = parentType === "" || parentType === "pulumi:pulumi:Stack";
    return `urn:pulumi:${stack}::${project}::${isRoot ? type : `${parentType}$${type}`}::${name}`;
  }

  private read(given: Fields): Fields {
    const values = fromWire(given, this.options.folder);
    return isFields(values) ? values : {};
  }

  private write(fields: Fields): Properties {
    const written = Object.entries(fields).filter(([, value]) => value !== undefined);
    return Struct.fromJavaScript(Object.fromEntries(written.map(([key, value]) => [key, toWire(value)])));
  }
}

function fieldsOf(struct: Properties | undefined): Fields {
  return struct?.toJavaScript() ?? {};
}

type Options = Omit<Registration, "urn" | "type" | "name" | "inputs" | "state">;

function optionsOf(request: RegisterResourceRequest): Options {
  const timeouts = request.getCustomtimeouts();
  return {
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
