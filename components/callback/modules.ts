import { parse, type AnyNode } from "acorn";
import { simple } from "acorn-walk";

/** A module that code loads at run time. */
export interface ModuleUse {
  readonly how: "require" | "import";
  /** The name as it is written; undefined where it is computed. */
  readonly name: string | undefined;
  /** The expression that loads the module. */
  readonly text: string;
}

/**
 * Finds the modules that the text of a function loads: modules that Pulumi's serializer refers to, and modules that the
 * function itself requires or imports in its body. Pulumi writes both into the text and collects no package for them.
 */
export function modulesOf(text: string): ModuleUse[] {
  const found = new Map<string, ModuleUse>();
  const add = (how: ModuleUse["how"], node: AnyNode, argument: AnyNode | undefined) => {
    const expression = text.slice(node.start, node.end);
    found.set(expression, { how, name: literal(argument), text: expression });
  };
  simple(parse(text, { ecmaVersion: "latest", sourceType: "script" }), {
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "require")
        add("require", node, node.arguments[0]);
    },
    ImportExpression(node) {
      add("import", node, node.source);
    },
  });
  return [...found.values()];
}

function literal(node: AnyNode | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
