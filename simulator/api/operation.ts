import type { Request } from "../iam";
import type { Input } from "./input";

/** One action of an API: its requests to IAM, and its effect. */
export interface Operation {
  /** Instances that the call names, for the record. */
  instances?(input: Input): readonly string[];
  /** What IAM has to allow the caller. */
  requests(input: Input): readonly Request[];
  /** @throws ServiceError */
  perform(input: Input, caller: string): Output;
}

export type Output = Readonly<Record<string, unknown>>;
