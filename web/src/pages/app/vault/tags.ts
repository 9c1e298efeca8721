/** Tags out of a line: between commas, each once. */
export const readTags = (text: string): string[] => [...new Set(text.split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""))];

export const writeTags = (tags: readonly string[]): string => tags.join(", ");
