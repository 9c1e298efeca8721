// Import i eksport sejfu.
import type { exchange as en } from "../en/exchange.ts";

export const exchange: Readonly<Record<keyof typeof en, string>> = {
  "target.folder": "Folder",
  "target.tags": "Tagi",
  "target.favourite": "Gwiazdka",
};
