import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { documentPrefix, type Transition } from "../../contract";
import type { OrganisationArgs } from "../arguments";
import { documentContent } from "../documents";
import type { TransitionPlan } from "./plan";

/** The documents of one group, by transition. */
export type Documents = Readonly<Partial<Record<Transition, aws.ssm.Document>>>;

/** Makes the documents that hold the scripts. Their names begin with the handler's, as its role allows no others. */
export function createDocuments(
  name: string,
  handler: pulumi.Output<string>,
  plans: readonly TransitionPlan[],
  deregistrationDelay: number,
  { tags }: OrganisationArgs,
  opts: pulumi.CustomResourceOptions,
): Documents {
  return Object.fromEntries(
    plans.map(({ onFailure: _, transition, ...source }) => [
      transition,
      new aws.ssm.Document(
        `${name}-${transition}`,
        {
          name: handler.apply((of) => `${documentPrefix(of)}${name}-${transition}-${stackHash(name)}`),
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: documentContent({
            transition,
            deregistrationDelay: transition === "terminate" ? deregistrationDelay : 0,
            ...source,
          }),
          tags,
        },
        opts,
      ),
    ]),
  );
}

/** Tells groups of the same name apart that share a handler across stacks. */
function stackHash(name: string): string {
  const place = [pulumi.getProject(), pulumi.getStack(), name].join("/");
  return createHash("sha256").update(place).digest("hex").slice(0, 8);
}
