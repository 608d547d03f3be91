import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'

type Json = Record<string, unknown>
type Sent = { status: number; body: Json }
type Invitation = { direction?: string; _links?: { accept?: { href: string } } }

/** Another client of the agent at the pool, as their own Skype for Business beside the desk (UCWA 1 to 3, 5.4). */
export class OtherClient {
  private readonly agent: Agent
  private readonly url: string
  private token = ''
  private events = ''
  private stopped = false
  private answers: ((href: string) => void) | null = null

  private constructor(url: string, caFile: string) {
    this.url = url
    this.agent = new Agent({ ca: readFileSync(caFile), keepAlive: true })
  }

  static async signIn(pool: { url: string; caFile: string }, user: string, password = 'demo'): Promise<OtherClient> {
    const client = new OtherClient(pool.url, pool.caFile)
    const { _links: root } = (await client.ask('GET', '/')).body as { _links: { user: { href: string } } }
    const form = new URLSearchParams({ grant_type: 'password', username: `${user}@lab.test`, password })
    const ticket = await client.ask('POST', '/WebTicket/oauthtoken', form.toString(), 'application/x-www-form-urlencoded;charset=UTF-8')
    client.token = String(ticket.body.access_token)
    const { _links: home } = (await client.ask('GET', root.user.href)).body as { _links: { applications: { href: string } } }
    const application = { UserAgent: 'OwnClient/1.0', EndpointId: randomUUID(), Culture: 'en-US' }
    const made = (await client.ask('POST', home.applications.href, JSON.stringify(application))).body as { _links: { self: { href: string }; events: { href: string } } }
    client.events = made._links.events.href
    await client.ask('POST', `${made._links.self.href}/me/makeMeAvailable`, JSON.stringify({ SupportedModalities: ['Messaging'], signInAs: 'Online' }))
    void client.listen()
    return client
  }

  /** Takes the next chat that somebody asks for. */
  async answersNext(): Promise<void> {
    const href = await new Promise<string>((resolve) => (this.answers = resolve))
    await this.ask('POST', href, '')
  }

  stop(): void {
    this.stopped = true
    this.agent.destroy()
  }

  private async listen(): Promise<void> {
    while (!this.stopped) {
      const batch = await this.ask('GET', this.events).catch(() => null)
      if (!batch || batch.status !== 200) return
      const { _links, sender } = batch.body as { _links: { next?: { href: string } }; sender?: { events?: { type: string; _embedded?: { messagingInvitation?: Invitation } }[] }[] }
      for (const event of (sender ?? []).flatMap((one) => one.events ?? [])) {
        const invitation = event._embedded?.messagingInvitation
        const accept = invitation?._links?.accept?.href
        if (event.type === 'started' && invitation?.direction === 'Incoming' && accept) this.answers?.(accept)
      }
      if (_links.next) this.events = _links.next.href
    }
  }

  private ask(method: string, path: string, body?: string, type = 'application/json'): Promise<Sent> {
    const headers: Record<string, string> = { accept: 'application/json', ...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }) }
    if (body !== undefined) Object.assign(headers, { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) })
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.url), { method, headers, agent: this.agent }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text.startsWith('{') ? (JSON.parse(text) as Json) : {} }))
      })
      sent.on('error', reject).end(body)
    })
  }
}
