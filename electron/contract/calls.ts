import type { z } from 'zod'
import type { Result } from './result.ts'

/** One call: an input schema (strict), the output's type, and the closed set of expected errors. */
export type Call<Input extends z.ZodType, Output, Code extends string> = {
  readonly input: Input
  readonly errors: readonly Code[]
  /** Carries the output's type only; never present at run time. */
  readonly output?: Output
}

/** Declares a call: `call(schema, ['not_found'])<Output>()` keeps the schema, the codes and the type. */
export function call<Input extends z.ZodType, const Code extends string = never>(
  input: Input,
  errors: readonly Code[] = [],
) {
  return <Output>(): Call<Input, Output, Code> => ({ input, errors })
}

type AnyCall = Call<z.ZodType, unknown, string>
export type CallTable = Readonly<Record<string, AnyCall>>

export type InputOf<C extends AnyCall> = z.infer<C['input']>
export type OutputOf<C extends AnyCall> = C extends Call<z.ZodType, infer Output, string> ? Output : never
export type CodeOf<C extends AnyCall> = C extends Call<z.ZodType, unknown, infer Code> ? Code : never

/** What main adds to every call's own codes. */
export type BoundaryCode = 'internal' | 'refused' | 'busy'

/** The function behind a call. An undeclared code does not compile. */
export type Handlers<Table extends CallTable> = {
  readonly [Name in keyof Table]: (
    input: InputOf<Table[Name]>,
  ) =>
    | Result<OutputOf<Table[Name]>, CodeOf<Table[Name]>>
    | Promise<Result<OutputOf<Table[Name]>, CodeOf<Table[Name]>>>
}

/** What a preload puts on the page for its contract. */
export type Bridge<Table extends CallTable, Events> = {
  readonly invoke: <Name extends keyof Table & string>(
    name: Name,
    input: InputOf<Table[Name]>,
  ) => Promise<Result<OutputOf<Table[Name]>, CodeOf<Table[Name]> | BoundaryCode>>
  /** Returns the function that ends the subscription. */
  readonly subscribe: <Name extends keyof Events & string>(
    name: Name,
    listener: (payload: Events[Name]) => void,
  ) => () => void
}
