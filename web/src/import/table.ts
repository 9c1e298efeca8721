// CSV text → rows. Papa Parse comes in with the first import only.

export type Table = { rows: string[][]; problem: "quotes" | "rows" | null };

/** More entries than a handover may hold are never imported by halves; the composer says so. */
export const mostRows = 5_000;

/** Of an import into the vault. */
export const mostVaultRows = 100_000;

export async function readTable(text: string, most = mostRows): Promise<Table> {
  const { default: Papa } = await import("papaparse");
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy", preview: most + 1 });
  if (errors.some((error) => error.type === "Quotes")) return { rows: data, problem: "quotes" };
  return { rows: data, problem: data.length > most ? "rows" : null };
}
