import type { Request } from "../iam";
import type { Input } from "./input";

/** One action of an API: what IAM is asked, and what is done. */
export interface Operation {
  /** Instances that the call names, for the record. */
  instances?(input: Input): readonly string[];
  /** What the caller has to be allowed. */
  requests(input: Input): readonly Request[];
  /** @throws ServiceError */
  perform(input: Input, caller: string): Output;
}

export type Output = Readonly<Record<string, unknown>>;
