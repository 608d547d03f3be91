import type { Act } from './api'
import { el } from './dom'
import { w } from './words'

/** "Not me": why, and who would know better. Both may stay empty. */
export class DeclineForm {
  readonly element: HTMLFormElement
  private readonly reason = el('textarea', { id: 'reason', rows: 2, maxLength: 500, testid: 'handover-reason' })
  private readonly better = el('input', { id: 'better', maxLength: 200, autocomplete: 'off', testid: 'handover-better' })
  private readonly tell = el('button', { className: 'primary', type: 'submit', testid: 'handover-decline' })

  constructor(act: (act: Act) => Promise<boolean>, back: () => void) {
    const away = el('button', { type: 'button', onclick: back, testid: 'handover-back' }, w('back'))
    const label = (id: string, words: string) => el('label', { htmlFor: id }, words)
    this.element = el(
      'form',
      { hidden: true },
      label('reason', w('reason')),
      this.reason,
      label('better', w('better')),
      this.better,
      el('div', { className: 'row' }, this.tell, away),
    )
    this.element.onsubmit = (event) => {
      event.preventDefault()
      void act({ act: 'decline', reason: this.reason.value.trim() || null, better: this.better.value.trim() || null })
    }
  }

  /** Who is told. */
  named(agent: string): void {
    this.tell.textContent = w('decline', { agent })
  }

  focus(): void {
    this.reason.focus()
  }
}
