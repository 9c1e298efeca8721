// How a password is read out over the phone.

const alphabets: Record<"en" | "pl" | "de", string[]> = {
  en: "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu".split(" "),
  pl: "Adam Barbara Celina Dorota Ewa Franciszek Genowefa Henryk Irena Jadwiga Karol Leon Maria Natalia Olga Paweł Quebec Roman Stanisław Tadeusz Urszula Violetta Wanda Xantypa Ypsylon Zygmunt".split(" "),
  de: "Anton Berta Cäsar Dora Emil Friedrich Gustav Heinrich Ida Julius Kaufmann Ludwig Martha Nordpol Otto Paula Quelle Richard Samuel Theodor Ulrich Viktor Wilhelm Xanthippe Ypsilon Zacharias".split(" "),
};

/** Part by part as normal() will part it, each character with its name; digits and signs stand for themselves. */
export function spell(password: string, language: "en" | "pl" | "de"): { part: string; names: string[] }[] {
  return password.split(/[\s\-–—.,_]+/u).filter(Boolean).map((part) => ({
    part,
    names: Array.from(part, (character) => {
      const at = character.toLowerCase().charCodeAt(0) - 97;
      return character.length === 1 && at >= 0 && at < 26 ? alphabets[language][at]! : character;
    }),
  }));
}
