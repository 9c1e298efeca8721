/** Enough to catch a slip of the hand; whether somebody reads mail there only mail can tell. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim());
