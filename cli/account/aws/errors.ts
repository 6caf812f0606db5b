import { AccountError } from "../../accountError";
import { isDenied as isDeniedToHandler, nameOf } from "../../../handler/aws/errors";

/** Runs a step; an error of the SDK that its user can mend becomes an AccountError. */
export async function translated<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw translate(error);
  }
}

/** What an error means for its user; the error itself where nobody but us can mend it. */
export function translate(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AccountError) return error;
  const denied = denialIn(error);
  if (denied !== undefined) return new AccountError(denied);
  const known = causes.find(({ matches }) => matches(error));
  return known === undefined ? error : new AccountError(known.message(error));
}

/** Whether AWS denies a call. SNS, which no handler calls, has a word of its own for that. */
export function isDenied(error: unknown): boolean {
  return isDeniedToHandler(error) || nameOf(error).startsWith("AuthorizationError");
}

/** Source of the words: IAM, Troubleshoot access denied error messages. */
const denialWords =
  /^User: (?<who>\S+) is not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+))?/;

function denialIn(error: Error): string | undefined {
  if (!isDenied(error)) return undefined;
  const { action, resource, who } = denialWords.exec(error.message)?.groups ?? {};
  if (action === undefined) return `AWS denies a call: ${error.message} ${policies}`;
  const on = resource === undefined || resource === "*" ? "" : ` on ${resource}`;
  return `${who ?? "The caller"} may not call ${action}${on}. Allow it: ${policies}`;
}

const policies = "docs/operators.md has the policy of each command.";

/** An error of the SDK, and what its user can do. */
interface Cause {
  matches(error: Error): boolean;
  message(error: Error): string;
}

const causes: readonly Cause[] = [
  {
    matches: ({ message }) => message === "Region is missing",
    message: () =>
      "--region is not given and the environment names no Region. Give --region, or set AWS_REGION.",
  },
  {
    matches: named("CredentialsProviderError", "TokenProviderError"),
    message: ({ message }) =>
      `There are no AWS credentials (${firstSentence(message)}). Set AWS_PROFILE, or sign in with aws sso login.`,
  },
  {
    matches: named("ExpiredToken", "ExpiredTokenException", "RequestExpired"),
    message: () => "The AWS credentials have expired. Sign in again, for example with aws sso login.",
  },
  {
    matches: named(
      "AuthFailure",
      "InvalidClientTokenId",
      "InvalidSignatureException",
      "SignatureDoesNotMatch",
      "UnrecognizedClientException",
    ),
    message: ({ message }) =>
      `AWS does not take the credentials (${firstSentence(message)}). Check AWS_PROFILE, and that the account has the Region enabled.`,
  },
  {
    matches: coded("ENOTFOUND", "EAI_AGAIN"),
    message: (error) =>
      `${hostOf(error)} cannot be found. Check the name of the Region, and the network of this machine.`,
  },
  {
    matches: coded("ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"),
    message: (error) =>
      `AWS cannot be reached (${error.message || codeOf(error)}). Check the network of this machine, and AWS_ENDPOINT_URL if it is set.`,
  },
];

function named(...names: readonly string[]): Cause["matches"] {
  return (error) => names.includes(error.name);
}

function coded(...codes: readonly string[]): Cause["matches"] {
  return (error) => codes.includes(codeOf(error));
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}

function hostOf(error: Error): string {
  return "hostname" in error ? String(error.hostname) : "The endpoint of AWS";
}

function firstSentence(message: string): string {
  return (message.split(/[.\n]/)[0] ?? "").trim();
}
