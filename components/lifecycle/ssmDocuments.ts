import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { documentPrefix, type Transition } from "../../contract";
import type { OrganisationArgs } from "../arguments";
import { knownScript } from "../checks/script";
import { documentContent } from "../documents";
import { ownerHash } from "./owner";
import type { TransitionSettings } from "./transitions";

/** The documents of one group, by transition. */
export type Documents = Readonly<Partial<Record<Transition, aws.ssm.Document>>>;

/**
 * Makes the documents that hold the scripts. Their names begin with the handler's name, as its role allows no other
 * documents; so the names change with handler, stack and component. By default Pulumi would delete a resource with a
 * chosen name before it makes the successor, and before that the group whose hooks name the document.
 */
export function createDocuments(
  subject: string,
  name: string,
  handler: pulumi.Output<string>,
  transitions: readonly TransitionSettings[],
  deregistrationDelay: number,
  { tags }: OrganisationArgs,
  opts: pulumi.CustomResourceOptions,
): Documents {
  return Object.fromEntries(
    transitions.map(({ inWarmPool, script, sessions, times, transition }) => [
      transition,
      new aws.ssm.Document(
        `${name}-${transition}`,
        {
          name: handler.apply((of) => `${documentPrefix(of)}${name}-${transition}-${ownerHash(name)}`),
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: knownScript(subject, { inWarmPool, script, sessions, times, transition }, (known) =>
            documentContent({
              transition,
              deregistrationDelay: transition === "terminate" ? deregistrationDelay : 0,
              hasRoute: inWarmPool !== undefined,
              sessions,
              times,
              script: known,
            }),
          ),
          tags,
        },
        { ...opts, deleteBeforeReplace: false },
      ),
    ]),
  );
}
