import { Stack } from "../test/engine/support/stack";
import { inTurn } from "./statistics";

/** Shows how much time a preview saves as the program is not type checked at its start. */
export async function benchPreview(): Promise<boolean> {
  if (!process.env["AWS_ENDPOINT_URL"] || !process.env["PULUMI_BACKEND_URL"]) {
    console.log("  not measured: needs AWS_ENDPOINT_URL and PULUMI_BACKEND_URL, see docs/testing.md");
    return true;
  }
  const stack = await Stack.create("dev");
  const preview = (transpileOnly: boolean) => async () => {
    process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = String(transpileOnly);
    const began = Date.now();
    const { code, output } = await stack.preview();
    if (code !== 0) throw new Error(output);
    return (Date.now() - began) / 1000;
  };
  try {
    const figures = await inTurn(3, { checked: preview(false), unchecked: preview(true) });
    console.log(`  preview with type checking     ${figures.checked.toFixed(1)} s`);
    console.log(`  preview without, as Pulumi.yaml ${figures.unchecked.toFixed(1)} s`);
    return figures.unchecked < figures.checked;
  } finally {
    stack.remove();
  }
}
