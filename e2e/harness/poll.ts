/** Says that waiting has no sense any longer: `until` throws it at once. */
export class Hopeless extends Error {}

/** Asks again and again until there is an answer; throws with the last word when the limit is reached. */
export async function until<T>(what: string, ask: () => T | null | undefined | false | Promise<T | null | undefined | false>, limit_ms = 10_000, last?: () => unknown): Promise<T> {
  const end_at = Date.now() + limit_ms
  let trouble: unknown = null
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== null && answer !== undefined && answer !== false) return answer
      trouble = null
    } catch (error) {
      if (error instanceof Hopeless) throw error
      trouble = error
    }
    if (Date.now() > end_at) break
    await pause(50)
  }
  const words = last ? `; last seen: ${JSON.stringify(last())}` : ''
  throw new Error(`waited ${limit_ms} ms for: ${what}${words}${trouble ? `; ${String(trouble)}` : ''}`)
}

/** Lets other things happen between two looks at a condition. */
export function pause(wait_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, wait_ms))
}
