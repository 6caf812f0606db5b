/** Attributes of an element; undefined attributes are left out, numbers rounded to a tenth. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element as text; children are elements. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const inner = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${escape(typeof value === "number" ? String(Math.round(value * 10) / 10) : (value ?? ""))}"`,
    )
    .join("");
  return children.length === 0 ? `<${name}${inner}/>` : `<${name}${inner}>${children.join("")}</${name}>`;
}

/** Text on the picture. */
export function label(text: string, attributes: Attributes): string {
  return element("text", attributes, escape(text));
}

/** Escapes the characters that XML reserves. */
export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
