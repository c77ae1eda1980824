/**
 * What a call that can fail in an expected way returns. The caller must look at `ok`.
 * A bug or a broken machine throws instead.
 */
export type Result<Value, Code extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Code; readonly detail?: string }

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

/** `detail` is for staff: never a name, an address typed by a visitor or an exception's text. */
export function err<Code extends string>(
  code: Code,
  detail?: string,
): { readonly ok: false; readonly code: Code; readonly detail?: string } {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail }
}
