// What the file tells, in the reader's language: made from its machine part, as the page inside it is.
import type { JSX } from "preact";
import type { Block, Cell } from "../../protocol/evidence/blocks.ts";
import type { EvidenceFile } from "../../protocol/evidence/file.ts";
import { story } from "../../protocol/evidence/story.ts";
import { language } from "./words.ts";

/** How to check it is what this page is. */
const left: readonly string[] = ["check"];

export function Story({ file }: { file: EvidenceFile }): JSX.Element {
  const { first, parts } = story(file, language.value);
  return (
    <article class="sheet story">
      <p class="first">{first}</p>
      {parts
        .filter(({ name }) => !left.includes(name))
        .map(({ name, blocks }, i) => (
          <section key={i} class={name}>
            {blocks.map((block, n) => (
              <Told key={n} block={block} />
            ))}
          </section>
        ))}
    </article>
  );
}

function Told({ block }: { block: Block }): JSX.Element {
  switch (block.kind) {
    case "heading":
      // Below the page's own headings.
      return block.level === 1 ? <h2>{block.text}</h2> : block.level === 2 ? <h3>{block.text}</h3> : <h4>{block.text}</h4>;
    case "text":
      return <p class={block.tone ?? ""}>{block.text}</p>;
    case "exact":
      return <pre class="mono">{block.text}</pre>;
    case "list":
      return (
        <ul>
          {block.items.map((item, i) => (
            <li key={i}>{item}</li>
          ))}
        </ul>
      );
    case "facts":
      return (
        <dl>
          {block.rows.map(({ name, value }, i) => (
            <div key={i}>
              <dt>{name}</dt>
              <dd class={classOf(value)}>{value.text}</dd>
            </div>
          ))}
        </dl>
      );
    case "table":
      return (
        <table>
          <thead>
            <tr>
              {block.columns.map((name, i) => (
                <th key={i} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((cells, i) => (
              <tr key={i}>
                {cells.map((cell, n) => (
                  <td key={n} data-name={block.columns[n]} class={`${classOf(cell)} ${n === block.wide ? "wide" : ""}`}>
                    {cell.text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

const classOf = ({ tone, exact }: Cell): string => [tone, exact && "mono exact"].filter(Boolean).join(" ");
