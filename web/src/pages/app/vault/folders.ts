// The folders of a group: they exist through the paths of its entries (spec/vault.md §2).
import { fold } from "./fold.ts";

export interface Folder {
  name: string;
  path: string[];
  /** Entries in it and in what lies in it. */
  count: number;
  children: Folder[];
}

export function folderTree(paths: Iterable<readonly string[]>): Folder[] {
  const root: Folder = { name: "", path: [], count: 0, children: [] };
  for (const path of paths) {
    let at = root;
    for (const name of path) {
      let next = at.children.find((child) => child.name === name);
      if (next === undefined) {
        next = { name, path: [...at.path, name], count: 0, children: [] };
        at.children.push(next);
      }
      next.count++;
      at = next;
    }
  }
  order(root);
  return root.children;
}

function order(folder: Folder): void {
  const names = new Map(folder.children.map((child) => [child, fold(child.name)]));
  folder.children.sort((a, b) => (names.get(a)! < names.get(b)! ? -1 : 1));
  folder.children.forEach(order);
}

/** A folder's path as people write it, and back: "Servers / Production". */
export const writePath = (path: readonly string[]): string => path.join(" / ");

export const readPath = (text: string): string[] =>
  text
    .split("/")
    .map((name) => name.trim())
    .filter((name) => name !== "");

export const samePath = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name, i) => name === b[i]);
