/** After a refused form: to the first place that says what is wrong. */
export function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"], .error[tabindex]')?.focus());
}
