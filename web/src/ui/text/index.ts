// Which language is spoken, and what it says. English is always there; the others are loaded when they are chosen.
import { computed, signal } from "@preact/signals";
import { en } from "./en.ts";

export type Language = "en" | "pl" | "de";
export type TextKey = keyof typeof en;
export type Dictionary = Readonly<Record<TextKey, string>>;
export type Values = Readonly<Record<string, string | number>>;

export const languages: Readonly<Record<Language, string>> = { en: "English", pl: "Polski", de: "Deutsch" };

const dictionaries: Partial<Record<Language, Dictionary>> = { en };
const chosen = signal<Language>("en");

export const language = computed(() => chosen.value);

export async function loadDictionary(wanted: Language): Promise<Dictionary> {
  if (wanted === "pl") dictionaries.pl ??= (await import("./pl.ts")).default;
  if (wanted === "de") dictionaries.de ??= (await import("./de.ts")).default;
  return dictionaries[wanted] ?? en;
}

/** Speaks another language from now on. */
export async function speak(wanted: Language): Promise<void> {
  await loadDictionary(wanted);
  chosen.value = wanted;
  document.documentElement.lang = wanted;
}

/** The remembered choice, else the first of the browser's languages that we have. */
export function preferredLanguage(remembered: string | null, browser: readonly string[]): Language {
  const known = (tag: string): tag is Language => tag in languages;
  return [remembered ?? "", ...browser].map((tag) => tag.slice(0, 2).toLowerCase()).find(known) ?? "en";
}

export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

export function t(key: TextKey, values: Values = {}): string {
  return fill((dictionaries[chosen.value] ?? en)[key], values);
}

const categories: Readonly<Record<Language, readonly Intl.LDMLPluralRule[]>> = { en: ["one", "other"], pl: ["one", "few", "many"], de: ["one", "other"] };

/** How many forms a plural text has in a language. */
export const pluralForms = (of: Language): number => categories[of].length;

/** A text in plural forms, for this number; {n} is the number. */
export function plural(key: TextKey, n: number, values: Values = {}): string {
  const forms = t(key, { ...values, n: number(n) }).split("|");
  const at = categories[chosen.value].indexOf(new Intl.PluralRules(chosen.value).select(n));
  return forms[at] ?? forms.at(-1)!;
}

/** The browser's own variety of the language spoken, en-GB for example: dates and numbers follow it. */
export const localeOf = (spoken: Language): string => navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === spoken) ?? spoken;

const locale = (): string => localeOf(chosen.value);

export const number = (n: number): string => new Intl.NumberFormat(locale()).format(n);

export function size(bytes: number): string {
  const [amount, unit] = bytes >= 1_048_576 ? [bytes / 1_048_576, "megabyte"] : bytes >= 1_024 ? [bytes / 1_024, "kilobyte"] : [bytes, "byte"];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(amount);
}

/** "1, 2 and 4" */
export const list = (parts: readonly string[]): string => new Intl.ListFormat(locale(), { type: "conjunction" }).format(parts);

/** In the viewer's zone. */
export const time = (ms: number): string => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(ms);

export const exactTime = (ms: number): string => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(ms);

/** A day in the viewer's zone. */
export const date = (ms: number): string => new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(ms);

export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "in 3 hours", "2 days ago": the largest unit that fits. */
export function relativeTime(ms: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  const seconds = (ms - now) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return format.format(Math.round(seconds / length), unit);
}

export function duration(seconds: number): string {
  const units: ["day" | "hour" | "minute", number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, length] = units.find(([, length]) => seconds % length === 0 && seconds >= length) ?? ["minute", 60];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(Math.round(seconds / length));
}
