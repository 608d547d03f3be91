import type { components } from '@/api/schema'

export type View = components['schemas']['HandoverView']
export type Act = components['schemas']['HandoverAct']
export type Skills = components['schemas']['HandoverSkills']
export type Told = components['schemas']['SkillsTold']

/** The server's refusal by its stable code; `offline` where none came. */
export class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** The code of what went wrong. */
export function codeOf(error: unknown): string {
  return error instanceof Refused ? error.code : 'offline'
}

/** Longer than the server lets a request wait for news. */
const PATIENCE_MS = 40_000

/** What can be asked about one link. The token goes in a header: addresses end up in logs. */
export class Door {
  private readonly token: string

  constructor(token: string) {
    this.token = token
  }

  /** Opens the page; each opening is noted. */
  open(): Promise<View> {
    return this.ask('/api/v1/handover/views', { method: 'POST' })
  }

  /** The next view, as soon as it is another than this version. */
  after(version: string): Promise<View> {
    return this.ask(`/api/v1/handover?after=${encodeURIComponent(version)}`, {})
  }

  act(act: Act): Promise<View> {
    return this.tell('/api/v1/handover/acts', act)
  }

  /** Under which skills the expert is found. */
  skills(): Promise<Skills> {
    return this.ask('/api/v1/handover/skills', {})
  }

  tellSkills(told: Told): Promise<Skills> {
    return this.tell('/api/v1/handover/skills', told)
  }

  private tell<T>(path: string, body: Act | Told): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return this.ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  private async ask<T>(path: string, { headers, ...request }: RequestInit): Promise<T> {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const all = { ...headers, authorization: `Handover ${this.token}` }
    const answer = await fetch(path, { ...request, headers: all, signal, credentials: 'omit', cache: 'no-store' }).catch(() => null)
    if (!answer || answer.status >= 502) throw new Refused('offline')
    const body: unknown = await answer.json().catch(() => null)
    if (answer.ok && body !== null) return body as T
    throw new Refused((body as { code?: string } | null)?.code ?? 'offline')
  }
}
