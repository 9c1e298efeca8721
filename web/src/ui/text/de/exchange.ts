// Import und Export des Tresors.
import type { exchange as en } from "../en/exchange.ts";

export const exchange: Readonly<Record<keyof typeof en, string>> = {
  "target.folder": "Ordner",
  "target.tags": "Schlagwörter",
  "target.favourite": "Stern",
};
