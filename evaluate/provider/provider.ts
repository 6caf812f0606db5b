import { unknown } from "../engine/values";
import type { Fields } from "../fields";
import { createdState, type Account } from "./createdState";
import { lookUp } from "./lookUps";
import { madeUpAnswer } from "./madeUp";

/** Stands in for the providers of AWS and of everything else. */
export interface Provider {
  /** The state that a provider gives a new resource. */
  create(resource: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Fields;
    readonly isComponent: boolean;
    /** Region of an explicit provider; undefined for the account's own. */
    readonly region: string | undefined;
  }): { readonly id: string; readonly state: Fields };
  /** State of a resource that exists already. */
  read(resource: {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly inputs: Fields;
  }): Fields;
  /** Answer of a look-up. */
  lookUp(question: {
    readonly token: string;
    readonly inputs: Fields;
    readonly region: string | undefined;
  }): Fields;
}

/** The provider's assumptions, where only an account or another stack knows the answer. */
export interface Assumptions {
  /** Look-ups with a made-up answer, as in `aws.ec2.getVpc`. */
  readonly lookUps: ReadonlySet<string>;
  /** Stacks whose outputs are not known. */
  readonly stacks: ReadonlySet<string>;
}

export interface ProviderOptions {
  readonly account: Account;
  /** Folder of the program. */
  readonly folder: string;
  /** Whether ids and names stay unknown, as in the preview of a new stack. */
  readonly preview: boolean;
  /** Outputs of other stacks by the stacks' names, as programs give them. */
  readonly stackOutputs: Readonly<Record<string, Fields>>;
}

/** Makes a provider, and the list of what it assumes, which grows while a program runs. */
export function createProvider(options: ProviderOptions): { provider: Provider; assumptions: Assumptions } {
  const lookUps = new Set<string>();
  const stacks = new Set<string>();
  const accountIn = (region: string | undefined) =>
    region === undefined ? options.account : { ...options.account, region };
  const provider: Provider = {
    create: ({ inputs, isComponent, name, region, type }) => {
      if (options.preview) return { id: "", state: inputs };
      const { id, state } = createdState(accountIn(region), type, name, inputs);
      return { id: isComponent ? "" : id, state };
    },
    read: ({ id, inputs, name, type }) => {
      if (type !== "pulumi:pulumi:StackReference")
        return createdState(options.account, type, name, { ...inputs, name: id }).state;
      const outputs = options.stackOutputs[id];
      if (outputs === undefined) stacks.add(id);
      return { ...inputs, name: id, outputs: outputs ?? unknown, secretOutputNames: [] };
    },
    lookUp: ({ inputs, region, token }) => {
      const account = accountIn(typeof inputs["region"] === "string" ? inputs["region"] : region);
      const known = lookUp(account, token, inputs);
      if (known !== undefined) return known;
      lookUps.add(readable(token));
      return madeUpAnswer({ account, token, inputs }, options.folder);
    },
  };
  return { provider, assumptions: { lookUps, stacks } };
}

/** A look-up as programs write it: `aws.ec2.getVpc` for `aws:ec2/getVpc:getVpc`. */
function readable(token: string): string {
  const [provider = "", module = "", name = ""] = token.split(":");
  const folder = module.split("/")[0] ?? "";
  return [provider, ...(folder === "index" || folder === "" ? [] : [folder]), name].join(".");
}
