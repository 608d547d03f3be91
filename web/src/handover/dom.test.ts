import { expect, test } from 'vitest'
import { el, withLinks } from './dom'

const links = (text: string) => [...el('p', {}, ...withLinks(text)).querySelectorAll('a')].map((link) => link.href)

test('addresses of the web are links, and nothing else is', () => {
  expect(links('See https://example.com/a?b=c#d, or (http://b.test/x).')).toEqual(['https://example.com/a?b=c#d', 'http://b.test/x'])
  expect(links('javascript:alert(1) data:text/html,x ftp://x.test')).toEqual([])
})

test('a text stays as it is, tags and all', () => {
  const text = '<b>x</b> https://a.test/<script> end'
  const shown = el('p', {}, ...withLinks(text))
  expect(shown.textContent).toBe(text)
  expect(shown.querySelector('b, script')).toBeNull()
})
