// @ts-nocheck
import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist", "node_modules", ".stryker"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      // The entry of every handler and program is a promise that somebody has to wait for.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Pulumi registers a resource when it is made; there is nothing to keep.
      "no-new": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Fields that come from outside are read by index, so that a reader sees which they are.
      "@typescript-eslint/dot-notation": "off",
      // Pulumi's schema analyzer passes over members that are written as methods, which is what inline callbacks need.
      "@typescript-eslint/method-signature-style": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["components/**/*.ts"],
    ignores: ["components/iam/statement.ts"],
    rules: {
      // A policy that is written anywhere else could be made of values that nobody checked.
      "no-restricted-syntax": [
        "error",
        { selector: "Property[key.name='Statement']", message: "Write policies with policyDocument." },
      ],
    },
  },
);
