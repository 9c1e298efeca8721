// Which of the two dialogs is open. Any page may open them; they are fetched then.
import { signal } from "@preact/signals";

export interface Exchange {
  kind: "import" | "export";
  /** The group that was looked at: where entries go to, or come from, unless the member says otherwise. */
  group: string | undefined;
}

export const exchange = signal<Exchange | null>(null);

export function openImport(group?: string): void {
  exchange.value = { kind: "import", group };
}

export function openExport(group?: string): void {
  exchange.value = { kind: "export", group };
}
