// One spelling for what people type in many: lower case without marks, so that "lodz" finds "Łódź".

/** Letters that Unicode doesn't take apart into a letter and a mark. */
const letters: Readonly<Record<string, string>> = { ł: "l", đ: "d", ø: "o", ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d", ı: "i" };

export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[łđøßæœþðı]/g, (letter) => letters[letter]!);
}
