/** A service, by the name with which its calls are signed. */
export type Service =
  | "autoscaling"
  | "ec2"
  | "elasticloadbalancing"
  | "events"
  | "iam"
  | "lambda"
  | "logs"
  | "monitoring"
  | "sns"
  | "sqs"
  | "ssm"
  | "sts";

/** One call of an AWS API, as it came over the wire. */
export interface Call {
  readonly service: Service;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Region that the call is signed for; empty if the call is not signed. */
  readonly region: string;
  /** Access key of the caller; empty if the call is not signed. */
  readonly accessKey: string;
}

/** The answer of the service. */
export type Answer = { readonly output: Readonly<Record<string, unknown>> } | { readonly error: AwsError };

/** An error of a service. */
export interface AwsError {
  /** The service's code, which the SDK makes the name of the error. */
  readonly code: string;
  readonly message: string;
  /** HTTP status. Defaults to 400. */
  readonly status?: number;
}
