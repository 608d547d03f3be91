import { newId } from '@/shared/id'
import type { Act, View } from './api'
import { el, withLinks } from './dom'
import { clock, w } from './words'

/** Longest answer, in characters, as the server has it. */
const LONGEST = 4_000

/** What was said, and the field for an answer. An answer is a yes as well. */
export class Chat {
  readonly element: HTMLElement
  private readonly heading = el('h2', {}, w('chat'))
  private readonly log = el('div', { className: 'log', role: 'log', ariaLabel: w('chat'), testid: 'handover-log' })
  private readonly field = el('textarea', { id: 'answer', rows: 3, maxLength: LONGEST, testid: 'handover-answer' })
  private readonly shown = new Set<string>()
  /** The id of what is being written: sent twice, it is one message. */
  private id = newId()

  constructor(private readonly act: (act: Act) => Promise<boolean>) {
    const send = el('button', { type: 'submit', testid: 'handover-send' }, w('answer.send'))
    const form = el('form', {}, el('label', { htmlFor: 'answer' }, w('answer')), this.field, send)
    form.onsubmit = (event) => {
      event.preventDefault()
      void this.send()
    }
    this.field.onkeydown = (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      void this.send()
    }
    this.element = el('section', { hidden: true }, this.heading, this.log, form)
  }

  show(view: View): void {
    if (view.state === 'over' || this.shown.size === 0) this.element.hidden = view.state === 'over'
    this.heading.hidden = this.log.hidden = view.state !== 'talking'
    if (view.state === 'talking') this.element.hidden = false
    for (const message of view.messages) {
      if (this.shown.has(message.message_id)) continue
      this.shown.add(message.message_id)
      const head = el('span', { className: 'head' }, `${message.author_name} · ${clock(message.at)}`)
      this.log.append(el('div', { className: message.by }, head, el('p', {}, ...withLinks(message.text))))
      this.log.lastElementChild?.scrollIntoView({ block: 'nearest' })
    }
  }

  private async send(): Promise<void> {
    const text = this.field.value.trim()
    if (text === '' || !(await this.act({ act: 'say', message_id: this.id, text }))) return
    this.field.value = ''
    this.id = newId()
    this.field.focus()
  }
}
