/** A text in base64, in lines of which each costs the document a few bytes: nothing in it can be taken for a parameter, a variable or the end of a quotation. */
export function base64Lines(text: string): string[] {
  return (
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,760}/g) ?? []
  );
}
