/** The HTTP API, as an administrator's script uses it. */
export class Api {
  private readonly url: string
  private cookie = ''
  private csrf = ''

  constructor(url: string) {
    this.url = url
  }

  async signIn(sign_in_name: string, password: string): Promise<void> {
    const { csrf } = (await this.ask('POST', '/session', { sign_in_name, password })) as { csrf: string }
    this.csrf = csrf
  }

  /** Gives the answer's body; throws for anything but success. */
  async ask<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.raw(method, path, body)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }

  /** Sends a CSV file. */
  async upload(path: string, text: string): Promise<void> {
    const answer = await this.send('POST', path, { 'content-type': 'text/csv' }, text)
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
  }

  async raw(method: string, path: string, body?: unknown): Promise<Response> {
    return body === undefined ? this.send(method, path, {}) : this.send(method, path, { 'content-type': 'application/json' }, JSON.stringify(body))
  }

  private async send(method: string, path: string, more: Record<string, string>, body?: string): Promise<Response> {
    const headers = { origin: this.url, cookie: this.cookie, 'x-hookflash-csrf': this.csrf, ...more }
    const answer = await fetch(`${this.url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
    const cookie = answer.headers.getSetCookie()[0]
    if (cookie) this.cookie = cookie.split(';')[0] ?? ''
    return answer
  }
}
