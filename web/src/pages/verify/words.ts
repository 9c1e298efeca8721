// What the page says: all three languages are inside, since there is nobody to fetch them from.
import { signal } from "@preact/signals";
import { verify as de } from "../../ui/text/de/verify.ts";
import { verify as en } from "../../ui/text/en/verify.ts";
import { verify as pl } from "../../ui/text/pl/verify.ts";

export type Language = "en" | "pl" | "de";
export type Key = keyof typeof en;

export const languages: Readonly<Record<Language, string>> = { en: "English", pl: "Polski", de: "Deutsch" };

const dictionaries: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, pl, de };

export const language = signal<Language>("en");

/** The first of the browser's languages that is spoken here. */
export const spoken = (browser: readonly string[]): Language =>
  browser.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Language => tag in languages) ?? "en";

export function speak(wanted: Language): void {
  language.value = wanted;
  document.documentElement.lang = wanted;
}

export const t = (key: Key, values: Readonly<Record<string, string | number>> = {}): string =>
  dictionaries[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));

const locale = (): string => navigator.languages.find((tag) => tag.startsWith(language.value)) ?? language.value;

export const time = (ms: number): string => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(ms);

export const number = (n: number): string => new Intl.NumberFormat(locale()).format(n);
