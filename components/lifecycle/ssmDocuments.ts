import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { documentPrefix, type Transition } from "../../contract";
import type { OrganisationArgs } from "../arguments";
import { knownScript, type GivenSource } from "../checks/script";
import { documentContent } from "../documents";
import { ownerHash } from "./owner";
import type { AnnounceSettings, TransitionSettings } from "./transitions";

/** The documents of one group, by what they are for. */
export type Documents = Readonly<Partial<Record<Transition | "announce", aws.ssm.Document>>>;

/** What the documents of a group are made of. */
export interface DocumentSettings {
  readonly transitions: readonly TransitionSettings[];
  /** Undefined if nothing tells an instance that it was chosen. */
  readonly announce: AnnounceSettings | undefined;
  /** Seconds that the target groups may take to deregister an instance. */
  readonly deregistrationDelay: number;
}

/**
 * Makes the documents that hold the scripts. Their names begin with the handler's name, as its role allows no other
 * documents; so the names change with handler, stack and component. By default Pulumi would delete a resource with a
 * chosen name before it makes the successor, and before that the group whose hooks name the document.
 */
export function createDocuments(
  subject: string,
  name: string,
  handler: pulumi.Output<string>,
  { announce, deregistrationDelay, transitions }: DocumentSettings,
  { tags }: OrganisationArgs,
  opts: pulumi.CustomResourceOptions,
): Documents {
  const create = (what: keyof Documents, { inWarmPool, ...source }: GivenSource) =>
    new aws.ssm.Document(
      `${name}-${what}`,
      {
        name: handler.apply((of) => `${documentPrefix(of)}${name}-${what}-${ownerHash(name)}`),
        documentType: "Command",
        documentFormat: "JSON",
        targetType: "/AWS::EC2::Instance",
        content: knownScript(subject, { inWarmPool, ...source }, (script) =>
          documentContent({
            ...source,
            deregistrationDelay: source.transition === "terminate" ? deregistrationDelay : 0,
            hasRoute: inWarmPool !== undefined,
            script,
          }),
        ),
        tags,
      },
      { ...opts, deleteBeforeReplace: false },
    );
  return {
    ...Object.fromEntries(
      transitions.map((settings) => [settings.transition, create(settings.transition, settings)]),
    ),
    ...(announce === undefined ? {} : { announce: create("announce", announce) }),
  };
}
