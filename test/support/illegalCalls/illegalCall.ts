/** A call that AWS refuses. `$GROUP`, `$INSTANCE`, `$DOCUMENT`, `$COMMAND`, `$TOPIC` and `$ROLE` are placeholders. */
export interface IllegalCall {
  readonly service: "autoscaling" | "ec2" | "events" | "ssm" | "sns";
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly code: string;
  /**
   * Text that the message has to contain, where a message of AWS is known, and its source. All other messages of the
   * simulator are modelled, and no test relies on them.
   */
  readonly quoted?: { readonly message: string; readonly source: string };
}

/** A token and an instance that do not exist. The token stands for the id of a command, too. */
export const token = "f66c3d47-e602-4af0-8edd-d4e4d2fe4620";
export const nobody = "i-0123456789abcdef0";
