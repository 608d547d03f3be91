import type { Skills, Told } from './api'
import { el } from './dom'
import { w } from './words'

/** Most skills that somebody confirms, and the longest, in characters, as the server has it. */
const MOST = 20
const LONGEST = 60

/** Under which skills colleagues find the expert: each can be taken away, others added, all confirmed. */
export class SkillsPart {
  readonly element: HTMLElement
  private readonly list = el('ul', { className: 'skills', testid: 'handover-skills' })
  private readonly none = el('p', { className: 'lead' }, w('skills.none'))
  private readonly confirm = el('button', { type: 'button', testid: 'handover-skills-confirm' }, w('skills.confirm'))
  private readonly field = el('input', { id: 'skill', maxLength: LONGEST, autocomplete: 'off', testid: 'handover-skill' })
  private readonly known = el('datalist', { id: 'known-skills' })
  private skills: Skills['skills'] = []

  constructor(private readonly tell: (told: Told) => Promise<boolean>, private readonly say: (words: string) => void) {
    this.field.setAttribute('list', 'known-skills')
    const add = el('button', { type: 'submit', testid: 'handover-skill-add' }, w('skill.add'))
    const form = el('form', {}, el('label', { htmlFor: 'skill' }, w('skill')), this.field, this.known, el('div', { className: 'row' }, add, this.confirm))
    form.onsubmit = (event) => {
      event.preventDefault()
      void this.add()
    }
    this.confirm.onclick = () => void this.confirmAll()
    this.element = el('section', { hidden: true }, el('h2', {}, w('skills')), this.none, this.list, form)
  }

  show({ open, skills, suggestions }: Skills): void {
    this.skills = skills
    this.element.hidden = !open
    this.none.hidden = skills.length > 0
    this.list.hidden = skills.length === 0
    this.confirm.hidden = this.unconfirmed().length === 0
    this.list.replaceChildren(...skills.map(({ name }) => this.chip(name)))
    const others = suggestions.filter((one) => !skills.some(({ name }) => name === one))
    this.known.replaceChildren(...others.map((value) => el('option', { value })))
  }

  private chip(name: string): HTMLElement {
    const remove = el('button', { type: 'button', ariaLabel: w('skill.remove', { skill: name }), title: w('skill.remove', { skill: name }) }, '×')
    remove.onclick = () => void this.remove(name)
    return el('li', {}, name, remove)
  }

  /** Those that can still be confirmed. */
  private unconfirmed(): string[] {
    const room = MOST - this.skills.filter(({ confirmed }) => confirmed).length
    const names = this.skills.filter(({ name, confirmed }) => !confirmed && name.length <= LONGEST).map(({ name }) => name)
    return names.slice(0, Math.max(room, 0))
  }

  private async add(): Promise<void> {
    const skill = this.field.value.trim()
    if (skill === '') return
    if (this.skills.filter(({ confirmed }) => confirmed).length >= MOST) this.say(w('skills.most'))
    else if (await this.tell({ kept: [skill], removed: [] })) this.field.value = ''
    this.field.focus()
  }

  private async remove(name: string): Promise<void> {
    const place = this.skills.findIndex((one) => one.name === name)
    await this.tell({ kept: [], removed: [name] })
    const buttons = this.list.querySelectorAll('button')
    ;(buttons[Math.min(place, buttons.length - 1)] ?? this.field).focus()
  }

  private async confirmAll(): Promise<void> {
    await this.tell({ kept: this.unconfirmed(), removed: [] })
    this.field.focus()
  }
}
