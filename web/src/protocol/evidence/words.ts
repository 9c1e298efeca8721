// What evidence says, in three languages. The words are shared with the C# twin: spec/evidence/. Times are UTC.
import de from "../../../../spec/evidence/de.json";
import en from "../../../../spec/evidence/en.json";
import pl from "../../../../spec/evidence/pl.json";
import type { EvidenceLanguage } from "./file.ts";

type Texts = typeof en;
type Values = Record<string, string | number>;

/** Texts with one form, and those that count something. */
export type Word = { [K in keyof Texts]: Texts[K] extends string ? K : never }[keyof Texts];
export type Counted = Exclude<{ [K in keyof Texts]: Texts[K] extends string[] ? K : never }[keyof Texts], "months">;

const languages: Record<EvidenceLanguage, Texts> = { en, pl, de };

/**
 * Texts from outside: signs that can't be seen, break a line or turn the reading direction are named, other directions kept
 * to themselves.
 */
export function shown(text: string): string {
  const named = text.replace(
    /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
  return /[\u0590-\u08ff\ud802\ud803\ud83a\ud83b\ufb1d-\ufdff\ufe70-\ufefc]/.test(named) ? `\u2068${named}\u2069` : named;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** The last millisecond of the year 9999. */
const lastTime = 253_402_300_799_999;

/** 2026-11-23 12:23:45; a number that is no time stays one. */
export function shortTime(ms: number): string {
  if (ms < 0 || ms > lastTime) return String(ms);
  const date = new Date(ms);
  return `${String(date.getUTCFullYear()).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${clock(date)}`;
}

const clock = (date: Date): string => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;

/** Speaks one of the languages. */
export function wordsIn(language: EvidenceLanguage) {
  const texts = languages[language];
  const fill = (text: string, values: Values): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  const form = (n: number): number => (n === 1 ? 0 : language !== "pl" || (n % 10 > 1 && n % 10 < 5 && !(n % 100 > 11 && n % 100 < 15)) ? 1 : 2);
  return {
    say: (word: Word, values: Values = {}): string => fill(texts[word], values),
    /** The text of this name, or of another where there is none; names from outside may be anything. */
    sayOf: (group: string, name: string, otherwise: Word): string => {
      const text = Object.hasOwn(texts, `${group}.${name}`) ? texts[`${group}.${name}` as Word] : texts[otherwise];
      return fill(text, {});
    },
    count: (word: Counted, n: number, values: Values = {}): string => fill(texts[word][form(n)]!, { n, ...values }),
    /** In words; a number that is no time stays one. */
    time: (ms: number): string => {
      if (ms < 0 || ms > lastTime) return String(ms);
      const date = new Date(ms);
      return fill(texts.time, { day: date.getUTCDate(), month: texts.months[date.getUTCMonth()]!, year: date.getUTCFullYear(), clock: clock(date) });
    },
    /** As somebody typed it. */
    quote: (text: string): string => fill(texts.quote, { text: shown(text) }),
  };
}

export type Speech = ReturnType<typeof wordsIn>;
