import { render } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Said } from './said'

function shown(html: string): string {
  const { container } = render(<Said text="plain" html={html} />)
  // Fluent's classes are of no interest here.
  return (container.firstElementChild?.innerHTML ?? '').replace(/ class="[^"]*"/g, '')
}

const link = (href: string, text: string) => `<a href="${href}" target="_blank" rel="noopener noreferrer" title="${href}" tabindex="0">${text}</a>`

describe('Said', () => {
  it.each([
    ['what carries meaning stays', '<b>bold</b> <i>it</i><br>x', '<b>bold</b> <i>it</i><br>x'],
    ['styles and classes go', '<span style="position:fixed" class="x" id="y">hi</span>', '<span>hi</span>'],
    ['scripts go with what is in them', 'a<script>alert(1)</script><style>*{}</style>b', 'ab'],
    ['handlers go', '<p onclick="alert(1)">hi</p>', '<p dir="auto">hi</p>'],
    ['images go', '<img src="https://x.example/pixel"> hi', ' hi'],
    ['forms leave their words', '<form><button>Send</button></form>', 'Send'],
    ['links open elsewhere and tell nothing', '<a href="https://a.example/">a</a>', link('https://a.example/', 'a')],
    ['other addresses are words', '<a href="javascript:alert(1)">a</a>', 'a'],
    ['relative addresses are words', '<a href="/api/v1/session">a</a>', 'a'],
    ['tags that are not closed hold nothing open', '<b>x', '<b>x</b>'],
  ])('%s', (_, html, expected) => expect(shown(html)).toBe(expected))

  it('shows the text where there is no HTML', () => {
    expect(render(<Said text="<b>1</b> 😀 שלום" html={null} />).container.textContent).toBe('<b>1</b> 😀 שלום')
  })
})
