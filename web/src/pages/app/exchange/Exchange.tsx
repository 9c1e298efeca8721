// Import and export over whatever page they were opened from.
import type { JSX } from "preact";
import type { Vault } from "../keys/vault.ts";
import { ExportDialog } from "./ExportDialog.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { exchange } from "./open.ts";

export function Exchange({ vault }: { vault: Vault }): JSX.Element | null {
  const open = exchange.value;
  if (open === null) return null;
  const close = (): void => void (exchange.value = null);
  return open.kind === "import" ? <ImportDialog vault={vault} group={open.group} onClose={close} /> : <ExportDialog vault={vault} group={open.group} onClose={close} />;
}
