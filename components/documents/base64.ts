/**
 * A text in base64: nothing in it can be taken for a parameter, a variable or the end of a quotation. Its lines are
 * long, as each line costs the document three bytes.
 */
export function base64Lines(text: string): string[] {
  return (
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,1900}/g) ?? []
  );
}
