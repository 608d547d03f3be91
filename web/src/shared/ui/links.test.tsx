import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Linked, partsOf } from './links'

const links = (text: string) => partsOf(text).filter((part) => part.href !== null).map((part) => part.text)

describe('partsOf', () => {
  it.each([
    ['See https://pay.example/a?b=1, then', ['https://pay.example/a?b=1']],
    ['(https://a.example/x).', ['https://a.example/x']],
    ['http://a.example and https://b.example', ['http://a.example', 'https://b.example']],
    ['javascript:alert(1) data:text/html,x file:///etc', []],
    ['<a href="https://a.example">', ['https://a.example']],
    ['https://', []],
  ])('%s', (text, expected) => expect(links(text)).toEqual(expected))

  it('loses no character', () => {
    const text = 'a https://b.example. c\nhttps://d.example'
    expect(partsOf(text).map((part) => part.text).join('')).toBe(text)
  })
})

describe('Linked', () => {
  it('opens links in a new tab without opener or referrer, and shows markup as text', () => {
    render(<Linked text="<b>x</b> https://a.example" />)
    const link = screen.getByRole('link')
    expect(link.getAttribute('rel')).toBe('noopener noreferrer')
    expect(link.getAttribute('target')).toBe('_blank')
    expect(document.querySelector('b')).toBeNull()
  })
})
