/**
 * What an argument may be, as a JSON Schema: the part of that language that arguments need, and the keyword `typeof`.
 * Outputs, promises and functions are no JSON; the validator sees an output or a promise as a symbol.
 */
export interface Schema {
  readonly description?: string;
  readonly type?: "string" | "number" | "boolean" | "array" | "object";
  readonly enum?: readonly (string | number)[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** False for an object with known properties only. */
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly typeof?: "function" | "symbol";
  /** With `else`: an output is taken for what will be there later. */
  readonly if?: Schema;
  readonly else?: Schema;
}

/** All components and the types of their arguments, by name. */
export interface ArgumentsSchema {
  readonly $id: string;
  readonly components: readonly string[];
  readonly definitions: Readonly<Record<string, Schema>>;
}
