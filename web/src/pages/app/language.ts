// The one thing kept in the browser for comfort: the language chosen by hand.
import { speak, type Language } from "../../ui/text/index.ts";

const name = "baton.language";

export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  try {
    localStorage.setItem(name, language);
  } catch {
    // Then it is asked for again next time.
  }
}
