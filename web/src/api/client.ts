import createClient from 'openapi-fetch'
import type { Problem } from './contract'
import type { paths } from './schema'

let csrf = ''
let onSignedOut: () => void = () => undefined

/** The token that every changing request must carry; it comes with the session. */
export function setCsrf(token: string): void {
  csrf = token
}

/** Who is told when a request finds that the session has ended. */
export function whenSignedOut(told: () => void): void {
  onSignedOut = told
}

export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })

api.use({
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-Hookflash-Csrf', csrf)
    return request
  },
})

/** A request that did not succeed; `code` is stable. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly errors: { field: string; message: string }[]
  readonly detail: string

  constructor(problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? 'request failed')
    this.code = problem.code ?? 'unreachable_server'
    this.status = problem.status ?? 0
    this.errors = problem.errors ?? []
    this.detail = problem.detail ?? ''
  }
}

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of an answer; throws an ApiProblem otherwise. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await request.catch(() => {
    throw new ApiProblem({})
  })
  if (answer.response.ok) return answer.data as T
  const problem = new ApiProblem(problemOf(answer))
  if (problem.code === 'not_signed_in') onSignedOut()
  throw problem
}

/** A file that is made for a request with `parseAs: 'blob'`; the description knows files as bytes. */
export async function askFile(request: Promise<Answer<unknown>>): Promise<Blob> {
  return (await ask(request)) as Blob
}

function problemOf(answer: Answer<unknown>): Partial<Problem> {
  const { error, response } = answer
  const body = typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {}
  return { code: response.status >= 500 ? 'internal' : 'bad_request', ...body, status: response.status }
}
