import type { JSX } from "preact";
import { TextField, type FieldFrame } from "../../../../ui/Field.tsx";

/** The browser's own picker of a day; the value is YYYY-MM-DD or empty. */
export const DateField = (props: FieldFrame & { value: string; onValue: (value: string) => void }): JSX.Element => <TextField {...props} type="date" />;
