// Builds the pages into src/Baton.Server/wwwroot: the recipient's page and the Verify page as one self-contained file each,
// whose script and style the CSP names by hash, the app with hashed assets, the Argon2 worker both start; a .br and a .gz beside each
// file; pages.json, which tells the server the pages and their CSP. Fails when a page outgrows its budget.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const web = fileURLToPath(new URL(".", import.meta.url));
const out = join(web, "../src/Baton.Server/wwwroot");

/** Largest size after brotli, in bytes. */
const budgets = { handover: 11_000, argon2: 6_000, receipt: 21_000, app: 120_000, exchange: 120_000, verify: 60_000 };

/** @typedef {import("vite").Rolldown.OutputChunk} OutputChunk */
/** @typedef {import("vite").Rolldown.OutputAsset} OutputAsset */

/** @param {string | Uint8Array} data */
const sha256 = (data) => "sha256-" + createHash("sha256").update(data).digest("base64");

/** @param {string | Uint8Array} data */
const brotli = (data) =>
  brotliCompressSync(data, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });

/**
 * One entry as one classic script, and its style where it has one.
 * @param {string} entry
 * @param {Record<string, string>} define
 */
async function buildScript(entry, define) {
  const result = await build({
    root: web,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define,
    // kdbxweb asks for Node's module where there is no WebCrypto; here there always is.
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    resolve: { alias: { crypto: join(web, "src/pages/exchange/noCrypto.ts") } },
    build: {
      write: false,
      target: ["es2022", "chrome108", "firefox121", "safari16"],
      lib: { entry: join(web, entry), formats: ["iife"], name: "baton", fileName: "page", cssFileName: "page" },
      minify: "oxc",
      cssMinify: "lightningcss",
      modulePreload: false,
    },
  });
  const { output } = /** @type {{output: (OutputChunk | OutputAsset)[]}} */ (Array.isArray(result) ? result[0] : result);
  const chunks = output.filter((o) => o.type === "chunk");
  if (chunks.length !== 1) throw new Error(`${entry}: one script expected, got ${chunks.length}`);
  const style = output.find((o) => o.type === "asset" && o.fileName.endsWith(".css"));
  return {
    script: /** @type {OutputChunk} */ (chunks[0]).code.trim(),
    style: style === undefined ? "" : String(/** @type {OutputAsset} */ (style).source).replace(/\/\*.*?\*\//gs, "").trim(),
  };
}

/**
 * Shared by all pages; what differs is where scripts and styles may come from, and whether it talks to anybody.
 * @param {string} scripts @param {string} styles
 */
const csp = (scripts, styles, alone = false) =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    ...(alone ? [] : ["connect-src 'self'", "worker-src blob:"]),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${alone ? "'none'" : "baton"}`,
  ].join("; ");

/** @param {string} name */
async function buildWorker(name) {
  const { script } = await buildScript(`src/pages/${name}/worker.ts`, {});
  const url = `/assets/${name}-${createHash("sha256").update(script).digest("hex").slice(0, 12)}.js`;
  writeFileSync(join(out, url), script);
  return { script, url, integrity: sha256(script) };
}

/** @param {Record<string, string>} define */
async function buildHandover(define) {
  const { script, style } = await buildScript("src/pages/handover/main.ts", define);
  if (/<\/(script|style)|<!--/i.test(script + style)) throw new Error("handover: the inlined text would end its own element");
  const shell = readFileSync(join(web, "src/pages/handover/index.html"), "utf8").replace(/<!--.*?-->/gs, "").replace(/\s*\n\s*/g, "");
  const html = shell.replace("{{script}}", () => script).replace("{{style}}", () => style);
  return { html, csp: csp(`'${sha256(script)}'`, `'${sha256(style)}'`) };
}

/**
 * The Verify page: everything is inside, and it may connect to nothing. Saved to a disk it has no server that sends its policy, so it carries it
 * too (but frame-ancestors, which only a header can say).
 */
async function buildVerify() {
  const { script, style } = await buildScript("src/pages/verify/main.tsx", {});
  // Texts of the page that evidence is rendered to; no other place of a script can hold them.
  const safe = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "\\x3c!--");
  if (/<\/style|<!--/i.test(style)) throw new Error("verify: the inlined text would end its own element");
  const policy = csp(`'${sha256(safe)}'`, `'${sha256(style)}'`, true);
  const shell = readFileSync(join(web, "src/pages/verify/index.html"), "utf8").replace(/\s*\n\s*/g, "");
  const html = shell
    .replace("{{policy}}", () => policy.replace("frame-ancestors 'none'; ", ""))
    .replace("{{script}}", () => safe)
    .replace("{{style}}", () => style);
  return { html, csp: policy };
}

/**
 * Writes the app's files and says how many compressed bytes its first load takes.
 * @param {Record<string, string>} define
 */
async function buildApp(define) {
  const result = await build({
    root: join(web, "src/pages/app"),
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define,
    build: { outDir: out, emptyOutDir: false, target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0, cssMinify: "lightningcss", reportCompressedSize: false },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  });
  const { output } = /** @type {{output: (OutputChunk | OutputAsset)[]}} */ (Array.isArray(result) ? result[0] : result);
  const first = new Set(["index.html"]);
  /** @param {string} name */
  const follow = (name) => {
    const file = output.find((o) => o.fileName === name);
    if (file?.type !== "chunk" || first.has(name)) return;
    first.add(name);
    file.imports.forEach(follow);
    file.viteMetadata?.importedCss.forEach((css) => first.add(css));
  };
  output.filter((o) => o.type === "chunk" && o.isEntry).forEach((o) => follow(o.fileName));
  return [...first].reduce((sum, name) => sum + brotli(readFileSync(join(out, name))).length, 0);
}

/** @param {string} directory */
function compressAll(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name === "pages.json") continue;
    const path = join(entry.parentPath, entry.name);
    const data = readFileSync(path);
    writeFileSync(path + ".br", brotli(data));
    writeFileSync(path + ".gz", gzipSync(data, { level: 9 }));
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "assets"), { recursive: true });

const argon2 = await buildWorker("argon2");
const receipt = await buildWorker("receipt");
const exchange = await buildWorker("exchange");
const define = {
  __ARGON2__: JSON.stringify({ url: argon2.url, integrity: argon2.integrity }),
  __RECEIPT__: JSON.stringify({ url: receipt.url, integrity: receipt.integrity }),
  __EXCHANGE__: JSON.stringify({ url: exchange.url, integrity: exchange.integrity }),
};
const handover = await buildHandover(define);
writeFileSync(join(out, "handover.html"), handover.html);
const verify = await buildVerify();
writeFileSync(join(out, "verify.html"), verify.html);
const appBytes = await buildApp(define);
compressAll(out);
writeFileSync(
  join(out, "pages.json"),
  JSON.stringify(
    { "/h": { file: "handover.html", csp: handover.csp }, "/verify": { file: "verify.html", csp: verify.csp }, "/": { file: "index.html", csp: csp("'self'", "'self'") } },
    null,
    2,
  ) + "\n",
);

const sizes = { handover: brotli(handover.html).length, argon2: brotli(argon2.script).length, receipt: brotli(receipt.script).length, app: appBytes, exchange: brotli(exchange.script).length, verify: brotli(verify.html).length };
for (const [name, bytes] of Object.entries(sizes)) {
  const budget = budgets[/** @type {keyof typeof budgets} */ (name)];
  console.log(`${name.padEnd(10)} ${String(bytes).padStart(7)} bytes of ${budget} (brotli)`);
  if (bytes > budget) {
    console.error(`error: ${name} is ${bytes - budget} bytes over its budget`);
    process.exitCode = 1;
  }
}
