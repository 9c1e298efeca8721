import { go } from "../place.ts";
import type { Item } from "./item.ts";

/** To the composer. */
export function handOver(_items: readonly Item[]): void {
  go("/new");
}
