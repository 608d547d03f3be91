/** The server refused a command. `code` is stable; `message` is English for logs. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}

/** The code of a refusal, or `internal` for anything else that was thrown. */
export function refusalCode(error: unknown): string {
  return error instanceof Refusal ? error.code : 'internal'
}
