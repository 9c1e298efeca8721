// What each column of a table is taken as, with the first value of each.
import type { JSX } from "preact";
import type { Target } from "../../../import/columns.ts";
import { t } from "../../../ui/text/index.ts";

interface Props {
  names: readonly string[];
  /** Without the row of names. */
  rows: readonly (readonly string[])[];
  chosen: readonly Target[];
  targets: readonly Target[];
  onChosen: (chosen: Target[]) => void;
}

export function ColumnTable({ names, rows, chosen, targets, onChosen }: Props): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t("import.title")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("import.column")}</th>
            <th scope="col">{t("import.sample")}</th>
            <th scope="col">{t("import.target")}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, i) => (
            <tr key={i} class={chosen[i] === "skip" ? "skipped" : ""}>
              <th scope="row">{name}</th>
              <td class="mono">{sample(rows, i, chosen[i]!)}</td>
              <td>
                <select
                  aria-label={`${t("import.target")}: ${name}`}
                  value={chosen[i]}
                  onChange={(event) => onChosen(chosen.map((target, at) => (at === i ? (event.currentTarget.value as Target) : target)))}
                >
                  {targets.map((target) => (
                    <option key={target} value={target}>
                      {t(`target.${target}`)}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shown: readonly Target[] = ["title", "url", "username", "type", "folder", "tags", "favourite"];

/** The first value of a column, dots in the place of anything that may be a secret. */
function sample(rows: Props["rows"], column: number, target: Target): string {
  const value = rows.map((row) => row[column] ?? "").find((text) => text !== "") ?? "";
  if (value !== "" && !shown.includes(target)) return "••••••";
  return value.length > 40 ? `${value.slice(0, 40)} …` : value;
}
