// What a story is made of: plain pieces that the printed page, the Verify page and a terminal each show in their own way.
// Every text is ready to be shown and none of it is markup.

/** How a piece is meant; never said by colour alone. */
export type Tone = "good" | "bad" | "notice" | "soft";

export interface Cell {
  text: string;
  tone?: Tone;
  /** A key or a hash: monospaced, broken anywhere. */
  exact?: true;
}

export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; text: string }
  | { kind: "text"; text: string; tone?: Tone }
  | { kind: "exact"; text: string }
  | { kind: "list"; items: string[] }
  | { kind: "facts"; rows: { name: string; value: Cell }[] }
  /** wide: number of the column that matters most. */
  | { kind: "table"; columns: string[]; wide: number; rows: Cell[][] };

export interface Part {
  name: "head" | "overview" | "handover" | "limits" | "check" | "appendix";
  blocks: Block[];
}
