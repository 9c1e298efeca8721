import type { JSX } from "preact";
import { vaultTargets } from "../../../import/columns.ts";
import { dataOf, namesOf, type Table } from "../../../import/csv.ts";
import { CheckField } from "../../../ui/Field.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { ColumnTable } from "../compose/ColumnTable.tsx";

/** What each column of a table is. */
export function Columns({ table, onTable, onBack, onGo }: { table: Table; onTable: (table: Table) => void; onBack: () => void; onGo: () => void }): JSX.Element {
  const names = namesOf(table);
  const data = dataOf(table);
  const skipped = names.filter((_, i) => table.targets[i] === "skip");
  return (
    <>
      <Notice tone={table.exporter ? "good" : "info"}>
        <p>{table.exporter ? t("import.from", { name: table.exporter }) : t("import.unknown")}</p>
      </Notice>
      <ColumnTable names={names} rows={data} chosen={table.targets} targets={vaultTargets} onChosen={(targets) => onTable({ ...table, targets })} />
      {table.exporter === null && <CheckField label={t("import.named")} checked={table.named} onChecked={(named) => onTable({ ...table, named })} />}
      {skipped.length > 0 && <p class="hint">{t("import.skipped", { columns: skipped.join(", ") })}</p>}
      {table.targets.every((target) => target === "skip") && <p class="error">{t("import.none")}</p>}
      <div class="actions end">
        <button type="button" onClick={onBack}>
          {t("app.back")}
        </button>
        <button type="button" class="primary" onClick={onGo}>
          {plural("exchange.rows", data.length)}
        </button>
      </div>
    </>
  );
}
