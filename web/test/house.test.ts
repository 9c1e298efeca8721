// The rules of the house that a machine can hold.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const web = fileURLToPath(new URL("..", import.meta.url));
const sources = (directory: string): string[] =>
  readdirSync(join(web, directory), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|css|html)$/.test(name))
    .map((name) => join(directory, name));
const imports = (file: string): string[] =>
  [...readFileSync(join(web, file), "utf8").matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map((m) => (m[1] ?? m[2] ?? m[3])!);

test("the protocol imports itself, the texts of the spec, Argon2 and HPKE only", () => {
  for (const file of sources("src/protocol"))
    for (const name of imports(file))
      if (name.startsWith(".")) expect(join(dirname(file), name), file).toMatch(/^(src\/protocol\/([a-z]+\/)?[A-Za-z0-9]+\.ts|\.\.\/spec\/evidence\/[a-z]+\.(json|css\?raw))$/);
      else expect(name, file).toMatch(/^(@noble\/hashes\/argon2\.js|@hpke\/core)$/);
});

test("the recipient's page imports nothing from outside the house", () => {
  for (const file of [...sources("src/pages/handover"), "src/api/argon2.ts"])
    for (const name of imports(file)) expect(name, file).toMatch(/^\.\.?\//);
});

test("no file is longer than 400 lines", () => {
  for (const file of [...sources("src"), ...sources("test"), "build.js"])
    expect(readFileSync(join(web, file), "utf8").split("\n").length, file).toBeLessThanOrEqual(401);
});

test("the lock file names no registry", () => {
  expect(readFileSync(join(web, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});
