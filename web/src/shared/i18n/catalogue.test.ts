/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import de from './de.json'
import en from './en.json'
import { setLanguage, t } from './translate'

type Entry = string | { one: string; other: string }
const catalogues: Record<string, Record<string, Entry>> = { en, de }

// Families whose keys are put together from codes of the server.
const BUILT = [
  'error.', 'agent.state.', 'agent.reason.', 'line.phase.', 'line.trouble.', 'offer.ended.', 'notice.', 'call.end_reason.', 'presence.',
  'network.state.', 'network.code.', 'invitation.', 'message.', 'outcome.', 'theme.', 'interaction.state.', 'timeline.', 'role.',
  'wrap_up.mode.', 'account.state.', 'chats.policy.', 'figures.grain.', 'interactions.flag.', 'interactions.duration.', 'figures.time_in.', 'metric.', 'floor.agents.', 'floor.today.', 'floor.step.',
  'reports.period.', 'reports.state.', 'reports.failure.', 'reports.medium.', 'schedules.off_reason.', 'hunt.mode.', 'hunt.on.', 'hunt.skip.', 'ask.against.', 'hunt.end.',
  'chart.by.', 'threshold.bad.', 'threshold.level.', 'threshold.of.', 'threshold.unit.', 'ability.add.', 'ability.all.', 'ability.change.', 'ability.empty.', 'ability.many.', 'ability.one.', 'demand.from.',
  'routing.evaluation.', 'routing.evaluation_more.', 'routing.scoring.', 'routing.scoring_more.',
  'ldap.attribute.', 'ldap.protection.', 'people.kind.', 'people.reason.', 'people.state.', 'scim.from.', 'schedules.kind.', 'schedules.mail_failure.', 'schedules.mail_state.', 'schedules.short.', 'schedules.words.',
]

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [readFileSync(path, 'utf8')] : []
  })
}

const code = sources('src').join('\n')
const forms = (entry: Entry) => (typeof entry === 'string' ? [entry] : [entry.one, entry.other])
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort())
  })

  it('have words everywhere, with the same places and plural forms', () => {
    for (const [key, entry] of Object.entries(catalogues.en!)) {
      const other = catalogues.de![key]!
      expect(typeof other, key).toBe(typeof entry)
      for (const [index, text] of forms(entry).entries()) {
        const translated = forms(other)[index] ?? ''
        expect(text.trim(), key).not.toBe('')
        expect(translated.trim(), key).not.toBe('')
        expect(places(translated), key).toEqual(places(text))
      }
    }
  })

  it('never shout, apologise or say Oops', () => {
    for (const catalogue of Object.values(catalogues)) {
      for (const [key, entry] of Object.entries(catalogue)) {
        for (const text of forms(entry)) expect(text, key).not.toMatch(/!|\b(oops|ups|sorry|leider)\b/i)
      }
    }
  })

  it('have every key that is used, and no key that is not', () => {
    const used = new Set([...code.matchAll(/['"`]([a-z_]+(?:\.[a-z_]+)+|retry|close|loading|save|saved|cancel|yes|no|toasts)['"`]/g)].map((match) => match[1]!))
    const asked = [...code.matchAll(/\b(?:t|tr)\('([^']+)'/g)].map((match) => match[1]!)
    expect(asked.filter((key) => !(key in en))).toEqual([])
    const unused = Object.keys(en).filter((key) => !used.has(key) && !BUILT.some((family) => key.startsWith(family)))
    expect(unused).toEqual([])
  })
})

describe('t', () => {
  it('chooses the plural by the language and formats numbers', () => {
    setLanguage('de')
    expect(t('interactions.end', { count: 1 })).toBe('1 Interaktion, mehr gibt es nicht')
    expect(t('interactions.end', { count: 2000 })).toBe('2.000 Interaktionen, mehr gibt es nicht')
    setLanguage('en')
    expect(t('interactions.end', { count: 2000 })).toBe('2,000 interactions, no more')
  })

  it('puts text into its places as it is', () => {
    setLanguage('en')
    expect(t('invitation.declined', { name: '{time} <b>' })).toBe('{time} <b> declined')
  })
})
