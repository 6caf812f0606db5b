import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Limit } from "../iam/limit";

/**
 * Lets a service invoke the function on behalf of one resource; without a source ARN, the service could invoke it on
 * behalf of any account's resource.
 */
export function allowInvocation(
  name: string,
  target: aws.lambda.Function,
  principal: string,
  source: pulumi.Output<Limit>,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Permission {
  return new aws.lambda.Permission(
    name,
    { action: "lambda:InvokeFunction", function: target.name, principal, sourceArn: source },
    opts,
  );
}
