// Runs every file of spec/vectors; one this runner does not know fails. spec/vectors/README.md says what they mean.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ledgerOperations, withoutStamps } from "./ledgerOperations.ts";
import { operations } from "./operations.ts";

const directory = new URL("../../../spec/vectors/", import.meta.url);
const files = readdirSync(directory).filter((name) => name.endsWith(".json"));

interface Vectors {
  operation: string;
  about: string;
  cases: { input: Record<string, unknown>; output?: any; refused?: string }[];
}

test("there are vectors", () => expect(files.length).toBeGreaterThan(100));

test.each(files)("%s", async (file) => {
  const { operation, cases }: Vectors = JSON.parse(readFileSync(new URL(file, directory), "utf8"));
  const run = operations[operation] ?? ledgerOperations[operation];
  if (!run) throw new Error(`no such operation here: ${operation}`);
  expect(cases.length).toBeGreaterThan(0);
  for (const { input, output, refused } of cases) {
    const result = await run(input);
    if (output?.steps?.stamps === "failed checkpoints[0].stamps") expect(withoutStamps(result)).toEqual(withoutStamps(output));
    else if (refused === undefined) expect(result).toEqual(output);
    else if (operation === "code.decode") expect(result).toEqual({ refused });
    else expect(result, `refused: ${refused}`).toBeUndefined();
  }
});
