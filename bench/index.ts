import { benchPackaging } from "./packaging";
import { benchPolicyPack } from "./policyPack";
import { benchPreview } from "./preview";

const benches = {
  "Loading the handler in a fresh process, median of 21": benchPackaging,
  "Starting the policy pack, median of 5": benchPolicyPack,
  "Previewing the dev stack on the engine, median of 3": benchPreview,
};

async function main(): Promise<void> {
  for (const [title, bench] of Object.entries(benches)) {
    console.log(title);
    if (!(await bench())) process.exitCode = 1;
  }
}

void main();
