import { codeOf, type Act, type Door, type Skills, type Told, type View } from './api'
import { Chat } from './chat'
import { DeclineForm } from './decline'
import { el, withLinks } from './dom'
import { SkillsPart } from './skills'
import { clock, codeWord, w, type Word } from './words'

/** Does something, and gives the code of what went wrong. */
export type CarryOut = (act: Act) => Promise<string | null>

/** The whole page. What somebody is writing stays as it is, whatever comes in. */
export class Page {
  version: string | null = null
  private readonly title = el('h1', { testid: 'handover-title' }, w('opening'))
  private readonly lead = el('p', { className: 'lead' })
  private readonly note = el('p', { className: 'note', testid: 'handover-note' })
  private readonly status = el('p', { className: 'status', role: 'status', testid: 'handover-status' })
  private readonly asked = el('section', { hidden: true })
  private readonly accept = el('button', { className: 'primary', type: 'button', testid: 'handover-accept' }, w('accept'))
  private readonly notMe = el('button', { type: 'button', testid: 'handover-not-me' }, w('not_me'))
  private readonly leave = el('button', { type: 'button', testid: 'handover-leave' }, w('leave'))
  private readonly choices = el('div', { className: 'row', hidden: true }, this.accept, this.notMe)
  private readonly chat: Chat
  private readonly decline: DeclineForm
  private readonly skills: SkillsPart
  private state: View['state'] = 'over'

  constructor(root: HTMLElement, private readonly carryOut: CarryOut, private readonly door: Pick<Door, 'skills' | 'tellSkills'>) {
    this.chat = new Chat((act) => this.act(act))
    this.decline = new DeclineForm((act) => this.act(act), () => this.declining(false))
    this.skills = new SkillsPart((told) => this.tell(told), (words) => this.say(words))
    this.accept.onclick = () => void this.act({ act: 'accept' })
    this.notMe.onclick = () => this.declining(true)
    this.leave.onclick = () => void this.act({ act: 'leave' })
    this.leave.hidden = true
    root.replaceChildren(this.title, this.lead, this.asked, this.choices, this.decline.element, this.chat.element, this.leave, this.skills.element, this.status, this.note)
  }

  /** Shows a view. */
  show(view: View): void {
    const isNew = view.state !== this.state
    this.version = view.version
    this.state = view.state
    const names = { agent: view.agent_name || w('somebody'), expert: view.expert_name }
    const title: Record<View['state'], Word> = { asking: 'title', talking: 'title.talking', over: 'title.over' }
    this.title.textContent = w(title[view.state], names)
    document.title = `${this.title.textContent} – Hookflash`
    this.lead.textContent = leadOf(view, names)
    this.note.textContent = noteOf(view)
    this.asked.hidden = view.state === 'over'
    this.asked.replaceChildren(...askedParts(view))
    this.decline.named(names.agent)
    this.chat.show(view)
    // News does not bring the field for an answer back while somebody says no.
    if (view.state === 'asking' && !this.decline.element.hidden) this.chat.element.hidden = true
    if (isNew) this.arrange()
  }

  /** Whether the server answers. */
  connected(is: boolean): void {
    this.say(is ? '' : w('offline'))
  }

  /** Nothing will come. */
  fail(code: string): void {
    this.title.textContent = 'Hookflash'
    this.say(w(codeWord('error', code, 'error.other')))
  }

  private arrange(): void {
    this.choices.hidden = this.state !== 'asking'
    this.leave.hidden = this.state !== 'talking'
    if (this.state !== 'asking') this.decline.element.hidden = true
    if (this.state === 'talking') void this.readSkills()
    else this.skills.element.hidden = true
  }

  private declining(is: boolean): void {
    this.choices.hidden = is
    this.chat.element.hidden = is
    this.decline.element.hidden = !is
    if (is) this.decline.focus()
    else this.notMe.focus()
  }

  /** Without an answer the page does without them. */
  private async readSkills(): Promise<void> {
    const skills = await this.door.skills().catch(() => null)
    if (skills && this.state === 'talking') this.skills.show(skills)
  }

  private async tell(told: Told): Promise<boolean> {
    let shown: Skills | null = null
    const done = await this.doing(async () => {
      shown = await this.door.tellSkills(told)
      return null
    })
    if (shown) this.skills.show(shown)
    if (done) this.say(w('skills.saved'))
    return done
  }

  private act(act: Act): Promise<boolean> {
    return this.doing(() => this.carryOut(act))
  }

  /** Does something, and says what went wrong. */
  private async doing(work: () => Promise<string | null>): Promise<boolean> {
    this.enable(false)
    this.say(w('sending'))
    const code = await work().catch(codeOf)
    this.enable(true)
    this.say(code === null ? '' : code === 'offline' ? w('offline') : w(codeWord('error', code, 'error.other')))
    return code === null
  }

  private enable(is: boolean): void {
    for (const button of document.querySelectorAll('button')) button.disabled = !is
  }

  private say(words: string): void {
    this.status.textContent = words
  }
}

function leadOf(view: View, names: { agent: string; expert: string }): string {
  if (view.state === 'over') return w(codeWord('over', view.reason, 'over.ended'), names)
  if (view.state === 'talking' || view.answer_until_at === null) return w('for', names)
  return w('until', { ...names, time: clock(view.answer_until_at) })
}

function noteOf(view: View): string {
  if (view.state === 'over') return ''
  return view.expires_at === null ? w('private.talking') : w('private', { time: clock(view.expires_at) })
}

function askedParts(view: View): Node[] {
  const question = [el('h2', {}, w('question')), el('p', { className: 'question', testid: 'handover-question' }, ...withLinks(view.question))]
  if (view.data.length === 0) return question
  const list = el('dl', { testid: 'handover-data' })
  for (const { label, value } of view.data) list.append(el('dt', {}, label), el('dd', {}, ...withLinks(value)))
  return [...question, el('h2', {}, w('details')), list]
}
