// The page that people read and print, around the machine part: the same bytes from whoever makes it. It needs no script,
// loads nothing, and forbids both to whatever it might be made to carry. spec/evidence.md §2.
import style from "../../../../spec/evidence/page.css?raw";
import type { Block, Cell, Part } from "./blocks.ts";
import type { EvidenceFile } from "./file.ts";
import { story } from "./story.ts";

/** The number of the rendering: another template is another number. */
export const rendering = 1;

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const element = (tag: string, classes: (string | false | undefined)[], inner: string): string => {
  const names = classes.filter(Boolean).join(" ");
  return `<${tag}${names && ` class="${names}"`}>${inner}</${tag}>`;
};

const cell = (tag: string, { text, tone, exact }: Cell, wide = false): string => element(tag, [tone, exact && "exact", wide && "wide"], escape(text));

/** On a narrow screen each cell says the name of its column itself. */
const named = (name: string, made: string): string => `<td data-name="${escape(name)}"${made.slice(3)}`;

function block(made: Block): string {
  switch (made.kind) {
    case "heading":
      return element(`h${made.level}`, [], escape(made.text));
    case "text":
      return element("p", [made.tone], escape(made.text));
    case "exact":
      return element("pre", [], escape(made.text));
    case "list":
      return element("ul", [], made.items.map((item) => element("li", [], escape(item))).join(""));
    case "facts":
      return element("dl", [], made.rows.map(({ name, value }) => element("dt", [], escape(name)) + cell("dd", value)).join(""));
    case "table": {
      const row = (cells: string[]) => element("tr", [], cells.join(""));
      const head = row(made.columns.map((name) => element("th", [], escape(name))));
      const body = made.rows.map((cells) => row(cells.map((one, i) => named(made.columns[i]!, cell("td", one, i === made.wide)))));
      return element("table", [], element("thead", [], head) + element("tbody", [], body.join("")));
    }
  }
}

const part = ({ name, blocks }: Part): string => {
  const inner = blocks.map(block).join("\n");
  return name === "head" ? `<header>\n${inner}\n</header>\n` : `<section class="${name}">\n${inner}\n</section>\n`;
};

/** The whole page. */
export function render(file: EvidenceFile, machineText: string): string {
  const { language, title, first, parts } = story(file);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
<p class="first">${escape(first)}</p>
${parts.map(part).join("")}</main>
<script type="application/json" id="evidence">${machineText}</script>
</body>
</html>
`;
}
