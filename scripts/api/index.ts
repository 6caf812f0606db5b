import * as fs from "node:fs";
import * as path from "node:path";
import { checkReport, entryPoints } from "./report";
import { componentSchema, root } from "./schema";

const wrong = Object.keys(entryPoints).flatMap((name) =>
  checkReport(name as keyof typeof entryPoints, { update: true }),
);
fs.writeFileSync(path.join(root, "api/schema.json"), componentSchema());
for (const message of wrong) console.error(message);
process.exitCode = wrong.length > 0 ? 1 : 0;
